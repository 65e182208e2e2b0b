#include "app/subcommands.h"

#include <cstdio>

#include <nlohmann/json.hpp>

#include "core/log.h"
#include "document/file/diff.h"
#include "document/file/inspect.h"
#include "document/register.h"
#include "modeling/modifiers/register.h"
#include "render/register.h"

namespace kiln::app {
namespace {

using nlohmann::json;

constexpr int documents_differ = 1;
constexpr int dependency_missing = 7;

struct Arguments {
  std::vector<std::string> files;
  bool is_json = false;
};

Result<Arguments> parse(const std::vector<std::string>& all, std::size_t file_count) {
  Arguments parsed;
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i] == "--json") {
      parsed.is_json = true;
    } else if (all[i].size() > 1 && all[i][0] == '-') {
      return Error::invalid("{} does not know \"{}\"; it takes --json", all[0], all[i]);
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

int diff(const Arguments& arguments) {
  Registry registry;
  register_document_types(registry);
  modeling::register_modifiers(registry);
  render::register_render_types(registry);
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
                        d.before.empty() ? "(default)" : d.before,
                        d.after.empty() ? "(default)" : d.after));
    }
  }
  if (arguments.is_json) {
    print(list);
  }
  return differences->empty() ? 0 : documents_differ;
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
    print(json{{"file", arguments.files[0]},
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
};

constexpr Subcommand subcommands[] = {
    {"diff", 2, diff,
     "diff A B       what differs, data-block by data-block; status 1 when something does"},
    {"info", 1, info, "info FILE      what a file holds"},
    {"deps", 1, deps,
     "deps FILE      libraries, pictures and texts it needs; status 7 when one is missing"},
};

}  // namespace

std::optional<int> run_subcommand(const std::vector<std::string>& arguments) {
  for (const Subcommand& command : subcommands) {
    if (!arguments.empty() && arguments[0] == command.name) {
      const Result<Arguments> parsed = parse(arguments, command.files);
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
