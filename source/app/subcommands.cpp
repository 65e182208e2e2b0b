#include "app/subcommands.h"

#include <cstdio>

#include <nlohmann/json.hpp>

#include "app/session.h"
#include "core/log.h"
#include "document/external_paths.h"
#include "document/file/diff.h"
#include "document/file/inspect.h"
#include "document/file/merge.h"
#include "document/register.h"
#include "modeling/modifiers/register.h"
#include "operators/resources.h"
#include "render/register.h"

namespace kiln::app {
namespace {

using nlohmann::json;

constexpr int documents_differ = 1;
constexpr int merge_conflicts = 1;
constexpr int dependency_missing = 7;

struct Arguments {
  std::vector<std::string> files;
  std::string output;
  bool is_json = false;
};

Result<Arguments> parse(const std::vector<std::string>& all, std::size_t file_count,
                        bool has_output) {
  Arguments parsed;
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i] == "--json") {
      parsed.is_json = true;
    } else if (has_output && all[i] == "-o") {
      if (++i == all.size()) {
        return Error::invalid("{}: -o needs a file", all[0]);
      }
      parsed.output = all[i];
    } else if (all[i].size() > 1 && all[i][0] == '-') {
      return Error::invalid("{} does not know \"{}\"; it takes --json{}", all[0], all[i],
                            has_output ? " and -o FILE" : "");
    } else {
      parsed.files.push_back(all[i]);
    }
  }
  if (parsed.files.size() != file_count) {
    return Error::invalid("{} needs {} file{}, not {}", all[0], file_count,
                          file_count == 1 ? "" : "s", parsed.files.size());
  }
  return parsed;
}

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}
void print(const json& value) {
  print(value.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

int failed(const Error& error, ExitStatus status) {
  log_line(LogLevel::Error, error.message);
  return int(status);
}

void register_types(Registry& registry) {
  register_document_types(registry);
  modeling::register_modifiers(registry);
  render::register_render_types(registry);
}

std::string or_default(const std::string& text) {
  return text.empty() ? "(default)" : text;
}

int diff(const Arguments& arguments) {
  Registry registry;
  register_types(registry);
  const auto differences = diff_documents(arguments.files[0], arguments.files[1], registry);
  if (!differences) {
    return failed(differences.error(), ExitStatus::BadFile);
  }
  using What = DocumentDifference::What;
  json list = json::array();
  for (const DocumentDifference& d : *differences) {
    if (arguments.is_json) {
      list.push_back({{"what", d.what == What::Added     ? "added"
                               : d.what == What::Removed ? "removed"
                                                         : "changed"},
                      {"block", d.block},
                      {"path", d.path},
                      {"before", d.before},
                      {"after", d.after}});
    } else if (d.what != What::Changed) {
      print(fmt::format("{} {}\n", d.what == What::Added ? '+' : '-', d.block));
    } else {
      print(fmt::format("  {} {}: {} -> {}\n", d.block, d.path,
                        or_default(d.before), or_default(d.after)));
    }
  }
  if (arguments.is_json) {
    print(list);
  }
  return differences->empty() ? 0 : documents_differ;
}

// What git calls a text conversion: one line for each property, so that `git diff` shows changes.
int text(const Arguments& arguments) {
  Registry registry;
  register_types(registry);
  const auto lines = describe_document(arguments.files[0], registry);
  if (!lines) {
    return failed(lines.error(), ExitStatus::BadFile);
  }
  json list = json::array();
  for (const DocumentDifference& line : *lines) {
    if (arguments.is_json) {
      list.push_back({{"block", line.block}, {"path", line.path}, {"value", line.after}});
    } else {
      print(line.path.empty() ? line.block + "\n"
                              : fmt::format("{} {} = {}\n", line.block, line.path, line.after));
    }
  }
  if (arguments.is_json) {
    print(list);
  }
  return 0;
}

int merge(const Arguments& arguments) {
  Registry registry;
  register_types(registry);
  Progress progress;
  const std::vector<std::string>& files = arguments.files;
  const auto report =
      merge_documents(files[0], files[1], files[2],
                      arguments.output.empty() ? files[1] : arguments.output, registry, progress);
  if (!report) {
    return failed(report.error(), ExitStatus::BadFile);
  }
  const auto listed = [](const std::vector<MergeConflict>& entries) {
    json list = json::array();
    for (const MergeConflict& c : entries) {
      list.push_back({{"block", c.block},
                      {"path", c.path},
                      {"base", c.base},
                      {"ours", c.ours},
                      {"theirs", c.theirs}});
    }
    return list;
  };
  if (arguments.is_json) {
    print(json{{"conflicts", listed(report->conflicts)}, {"taken", listed(report->taken)}});
  } else {
    for (const MergeConflict& c : report->taken) {
      if (c.path.empty()) {
        print(fmt::format("{} {}\n", c.theirs.empty() ? '-' : '+', c.block));
      } else {
        print(fmt::format("  {} {}: {} -> {}\n", c.block, c.path, or_default(c.ours),
                          or_default(c.theirs)));
      }
    }
    const auto shown = [](const MergeConflict& c, const std::string& side) {
      return !side.empty() ? side : c.path.empty() ? "(none)" : "(default)";
    };
    for (const MergeConflict& c : report->conflicts) {
      print(fmt::format("! {}{}{}: base {}, ours {} (kept), theirs {}\n", c.block,
                        c.path.empty() ? "" : " ", c.path, shown(c, c.base), shown(c, c.ours),
                        shown(c, c.theirs)));
    }
  }
  return report->conflicts.empty() ? 0 : merge_conflicts;
}

// Takes what a file needs into it.
int pack(const Arguments& arguments) {
  Session session;
  Progress progress;
  const Path path = std::filesystem::absolute(arguments.files[0]);
  const Path out =
      arguments.output.empty() ? path : Path(std::filesystem::absolute(arguments.output));
  Result<OpenedDocument> opened = open_document(path, session.registry, progress);
  if (!opened) {
    return failed(opened.error(), ExitStatus::BadFile);
  }
  session.project.open(std::move(*opened), path);
  operators::Context context(session.project, progress);
  const int count = operators::pack_all(context);
  remap_external_paths(session.project.document, path, out, PathRemap::Relative);
  // A program that is run on purpose keeps no older version of what it writes.
  session.preferences.filepaths.save_version = 0;
  const Result<SaveReport> saved = session.project.save(out, /*is_copy=*/true, progress);
  if (!saved) {
    return failed(saved.error(), ExitStatus::OutputFailed);
  }
  const auto left = find_dependencies(out);
  if (!left) {
    return failed(left.error(), ExitStatus::BadFile);
  }
  bool is_complete = true;
  json list = json::array();
  for (const Dependency& d : *left) {
    is_complete = is_complete && d.is_there;
    list.push_back({{"kind", d.kind}, {"path", d.path.string()}, {"is_there", d.is_there}});
  }
  if (arguments.is_json) {
    print(json{{"packed", count}, {"left", list}});
  } else {
    print(fmt::format("{} file{} packed into {}\n", count, count == 1 ? "" : "s", out.string()));
    for (const Dependency& d : *left) {
      print(fmt::format("{:8} {}{}\n", d.kind, d.path.string(), d.is_there ? "" : "  (missing)"));
    }
  }
  return is_complete ? 0 : dependency_missing;
}

int info(const Arguments& arguments) {
  const Result<DocumentInfo> found = inspect_document(arguments.files[0]);
  if (!found) {
    return failed(found.error(), ExitStatus::BadFile);
  }
  if (arguments.is_json) {
    json counts = json::object();
    for (const DocumentInfo::Count& count : found->counts) {
      counts[count.type] = {{"blocks", count.blocks}, {"array_bytes", count.array_bytes}};
    }
    json assets = json::array();
    for (const DocumentInfo::Asset& asset : found->assets) {
      assets.push_back({{"type", asset.type},
                        {"name", asset.name},
                        {"catalog", asset.catalog},
                        {"tags", asset.tags}});
    }
    print(json{{"file", arguments.files[0]},
               {"assets", assets},
               {"bytes", found->file_bytes},
               {"format_version", found->format_version},
               {"scenes", found->scenes},
               {"active_scene", found->active_scene},
               {"links", found->links},
               {"types", counts}});
    return 0;
  }
  print(fmt::format("{}: {:.1f} MB, format version {}\n", arguments.files[0],
                    double(found->file_bytes) / 1e6, found->format_version));
  for (const std::string& scene : found->scenes) {
    print(fmt::format("scene \"{}\"{}\n", scene, scene == found->active_scene ? " (active)" : ""));
  }
  for (const DocumentInfo::Count& count : found->counts) {
    print(fmt::format("{:8} {:24}{}\n", count.blocks, count.type,
                      count.array_bytes
                          ? fmt::format(" {:.1f} MB of arrays", double(count.array_bytes) / 1e6)
                          : ""));
  }
  if (found->links > 0) {
    print(fmt::format("{:8} linked from libraries\n", found->links));
  }
  for (const DocumentInfo::Asset& asset : found->assets) {
    print(fmt::format("asset {} \"{}\"{}{}\n", asset.type, asset.name,
                      asset.catalog.empty() ? "" : " in " + asset.catalog,
                      asset.tags.empty() ? "" : fmt::format(" ({})", fmt::join(asset.tags, ", "))));
  }
  for (const std::string& warning : found->warnings) {
    std::fprintf(stderr, "Warning: %s\n", warning.c_str());
  }
  return 0;
}

int deps(const Arguments& arguments) {
  const auto found = find_dependencies(arguments.files[0]);
  if (!found) {
    return failed(found.error(), ExitStatus::BadFile);
  }
  bool is_complete = true;
  json list = json::array();
  for (const Dependency& d : *found) {
    is_complete = is_complete && d.is_there;
    if (arguments.is_json) {
      list.push_back({{"kind", d.kind},
                      {"block", d.block},
                      {"path", d.path.string()},
                      {"needed_by", d.needed_by.string()},
                      {"is_there", d.is_there}});
    } else {
      print(fmt::format("{:8} {}{}\n", d.kind, d.path.string(), d.is_there ? "" : "  (missing)"));
    }
  }
  if (arguments.is_json) {
    print(list);
  }
  return is_complete ? 0 : dependency_missing;
}

struct Subcommand {
  const char* name;
  std::size_t files;
  int (*run)(const Arguments&);
  const char* help;
  bool has_output = false;
};

constexpr Subcommand subcommands[] = {
    {"diff", 2, diff,
     "diff A B       what differs, data-block by data-block; status 1 when something does"},
    {"text", 1, text, "text FILE      what a file holds, a line for each property; for git diff"},
    {"merge", 3, merge,
     "merge BASE A B [-o OUT]  puts what B changed since BASE into A (or OUT); status 1 and what A\n"
     "                      says where both changed the same",
     true},
    {"pack", 1, pack,
     "pack FILE [-o OUT]  takes pictures into the file; status 7 when something is missing", true},
    {"info", 1, info, "info FILE      what a file holds"},
    {"deps", 1, deps,
     "deps FILE      libraries, pictures and texts it needs; status 7 when one is missing"},
};

}  // namespace

std::optional<int> run_subcommand(const std::vector<std::string>& arguments) {
  for (const Subcommand& command : subcommands) {
    if (!arguments.empty() && arguments[0] == command.name) {
      const Result<Arguments> parsed = parse(arguments, command.files, command.has_output);
      return parsed ? command.run(*parsed) : failed(parsed.error(), ExitStatus::BadArguments);
    }
  }
  return std::nullopt;
}

std::string subcommand_help() {
  std::string text = "\nCommands about files, with --json for programs:\n\n";
  for (const Subcommand& command : subcommands) {
    text += fmt::format("  kiln {}\n", command.help);
  }
  return text;
}

}  // namespace kiln::app
