// Renaming many data-blocks at once: a list of actions, each on what the one before made of the
// name.
#include <regex>

#include "document/material.h"
#include "operators/document_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

enum class ActionKind : std::uint8_t { Replace, Set, Strip, Case };
enum class SetMethod : std::uint8_t { New, Prefix, Suffix };
enum class CaseMethod : std::uint8_t { Upper, Lower, Title };
enum : std::uint8_t { strip_space = 1, strip_digit = 2, strip_punctuation = 4 };
enum : std::uint8_t { strip_start = 1, strip_end = 2 };
enum class CharacterSet : std::uint8_t {};
enum class PartSet : std::uint8_t {};

struct BatchRenameAction {
  ActionKind kind = ActionKind::Replace;
  std::string set_name;
  SetMethod set_method = SetMethod::Suffix;
  CharacterSet strip_chars{};
  PartSet strip_part{};
  std::string replace_src, replace_dst;
  bool replace_match_case = false;
  bool use_replace_regex_src = false, use_replace_regex_dst = false;
  CaseMethod case_method = CaseMethod::Upper;

  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<BatchRenameAction> s("BatchRenameAction", "");
      s.add<&BatchRenameAction::kind>("type", "Operation")
          .items({{"REPLACE", "Find/Replace", 0},
                  {"SET", "Set Name", 1},
                  {"STRIP", "Strip Characters", 2},
                  {"CASE", "Change Case", 3}});
      s.add<&BatchRenameAction::set_name>("set_name", "Name");
      s.add<&BatchRenameAction::set_method>("set_method", "Method")
          .items({{"NEW", "New", 0}, {"PREFIX", "Prefix", 1}, {"SUFFIX", "Suffix", 2}});
      s.add<&BatchRenameAction::strip_chars>("strip_chars", "Strip Characters")
          .items({{"SPACE", "Spaces", strip_space},
                  {"DIGIT", "Digits", strip_digit},
                  {"PUNCT", "Punctuation", strip_punctuation}})
          .enum_flag();
      s.add<&BatchRenameAction::strip_part>("strip_part", "Strip Part")
          .items({{"START", "Start", strip_start}, {"END", "End", strip_end}})
          .enum_flag();
      s.add<&BatchRenameAction::replace_src>("replace_src", "Find");
      s.add<&BatchRenameAction::replace_dst>("replace_dst", "Replace");
      s.add<&BatchRenameAction::replace_match_case>("replace_match_case", "Case Sensitive");
      s.add<&BatchRenameAction::use_replace_regex_src>("use_replace_regex_src",
                                                       "Regular Expression Find");
      s.add<&BatchRenameAction::use_replace_regex_dst>("use_replace_regex_dst",
                                                       "Regular Expression Replace");
      s.add<&BatchRenameAction::case_method>("case_method", "Case")
          .items({{"UPPER", "Upper Case", 0}, {"LOWER", "Lower Case", 1}, {"TITLE", "Title Case", 2}});
      return s.build();
    }();
    return schema;
  }
};

enum class RenameSource : std::uint8_t { Selected, All };
enum class RenameType : std::uint8_t { Object, Collection, Material, Mesh = 4, Light = 11, Camera = 13 };

struct BatchRenameSettings {
  RenameType data_type = RenameType::Object;
  RenameSource data_source = RenameSource::Selected;
  ItemList<BatchRenameAction> actions;

  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<BatchRenameSettings> s("WM_OT_batch_rename", "Batch Rename");
      s.add<&BatchRenameSettings::data_type>("data_type", "Type")
          .items({{"OBJECT", "Objects", 0},
                  {"COLLECTION", "Collections", 1},
                  {"MATERIAL", "Materials", 2},
                  {"MESH", "Meshes", 4},
                  {"LIGHT", "Light", 11},
                  {"CAMERA", "Cameras", 13}})
          .not_animatable();
      s.add<&BatchRenameSettings::data_source>("data_source", "Source")
          .items({{"SELECT", "Selected", 0}, {"ALL", "All", 1}})
          .not_animatable();
      s.add<&BatchRenameSettings::actions>("actions", "actions").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

BlockType block_type_of(RenameType type) {
  switch (type) {
    case RenameType::Collection:
      return BlockType::Collection;
    case RenameType::Material:
      return BlockType::Material;
    case RenameType::Mesh:
      return BlockType::Mesh;
    case RenameType::Light:
      return BlockType::Light;
    case RenameType::Camera:
      return BlockType::Camera;
    default:
      return BlockType::Object;
  }
}

// Of the selected objects: they, the collections they lie in, their materials, their data.
std::vector<BlockId> blocks_of_selection(const Context& context, BlockType type) {
  const Document& document = context.document();
  std::vector<BlockId> found;
  const auto add = [&](BlockId id) {
    const DataBlock* block = document.find(id);
    if (block && block->type() == type && std::find(found.begin(), found.end(), id) == found.end()) {
      found.push_back(id);
    }
  };
  for (const BlockId id : context.selected) {
    const auto& object = *document.find<Object>(id);
    add(id);
    add(object.data.id);
    for (int i = 0; i < slot_count(document, object); ++i) {
      add(slot_material(document, object, i).id);
    }
    if (type == BlockType::Collection) {
      for (const BlockId user : document.users_of(id)) {
        add(user);
      }
    }
  }
  return found;
}

bool is_stripped(char c, std::uint8_t characters) {
  const auto byte = static_cast<unsigned char>(c);
  return ((characters & strip_space) && std::isspace(byte)) ||
         ((characters & strip_digit) && std::isdigit(byte)) ||
         ((characters & strip_punctuation) && std::ispunct(byte));
}

std::string stripped(std::string name, const BatchRenameAction& action) {
  const auto characters = std::uint8_t(action.strip_chars);
  if (std::uint8_t(action.strip_part) & strip_start) {
    while (!name.empty() && is_stripped(name.front(), characters)) {
      name.erase(0, 1);
    }
  }
  if (std::uint8_t(action.strip_part) & strip_end) {
    while (!name.empty() && is_stripped(name.back(), characters)) {
      name.pop_back();
    }
  }
  return name;
}

// Only ASCII letters have cases here.
std::string in_case(std::string name, CaseMethod method) {
  bool begins_word = true;
  for (char& c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_upper = method == CaseMethod::Upper || (method == CaseMethod::Title && begins_word);
    c = char(is_upper ? std::toupper(byte) : std::tolower(byte));
    begins_word = !std::isalpha(byte) && byte < 0x80;
  }
  return name;
}

// The replacement of the regular expression syntax scripts know: \1 and \g<1> are groups.
std::string replacement_format(const std::string& text, bool has_groups) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$') {
      out += "$$";
    } else if (has_groups && text[i] == '\\' && i + 1 < text.size()) {
      const char next = text[++i];
      if (std::isdigit(static_cast<unsigned char>(next))) {
        out += std::string("$") + next;
      } else if (next == 'g' && text.compare(i + 1, 1, "<") == 0 &&
                 text.find('>', i) != std::string::npos) {
        const std::size_t end = text.find('>', i);
        out += "$" + text.substr(i + 2, end - i - 2);
        i = end;
      } else {
        out += next;
      }
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos) {
      out += '\\';
    }
    out += c;
  }
  return out;
}

Result<std::regex> expression_of(const BatchRenameAction& action) {
  const auto flags = action.replace_match_case
                         ? std::regex::ECMAScript
                         : std::regex::ECMAScript | std::regex::icase;
  try {
    return std::regex(
        action.use_replace_regex_src ? action.replace_src : escaped(action.replace_src), flags);
  } catch (const std::regex_error& problem) {
    return Error::invalid("\"{}\" is no regular expression: {}", action.replace_src,
                          problem.what());
  }
}

Result<std::string> renamed(std::string name, const BatchRenameAction& action,
                            const std::regex* expression) {
  switch (action.kind) {
    case ActionKind::Set:
      return action.set_method == SetMethod::New      ? action.set_name
             : action.set_method == SetMethod::Prefix ? action.set_name + name
                                                      : name + action.set_name;
    case ActionKind::Strip:
      return stripped(std::move(name), action);
    case ActionKind::Case:
      return in_case(std::move(name), action.case_method);
    default:
      break;
  }
  if (action.replace_src.empty()) {
    return name;
  }
  const bool has_groups = action.use_replace_regex_src && action.use_replace_regex_dst;
  try {
    return std::regex_replace(name, *expression,
                              replacement_format(action.replace_dst, has_groups));
  } catch (const std::regex_error& problem) {
    return Error::invalid("\"{}\" is too much for \"{}\": {}", action.replace_src, name,
                          problem.what());
  }
}

Result<Outcome> batch_rename(Context& context, const BatchRenameSettings& s, const Given&) {
  Document& document = context.document();
  const BlockType type = block_type_of(s.data_type);
  const std::vector<BlockId> blocks = s.data_source == RenameSource::All
                                          ? document.all(type).to_vector()
                                          : blocks_of_selection(context, type);
  std::vector<std::optional<std::regex>> expressions;
  for (const BatchRenameAction& action : s.actions) {
    expressions.emplace_back();
    if (action.kind == ActionKind::Replace) {
      Result<std::regex> expression = expression_of(action);
      if (!expression) {
        return expression.error();
      }
      expressions.back() = std::move(*expression);
    }
  }
  // All names are made before the first is given: a pattern that fails changes nothing.
  std::vector<std::pair<BlockId, std::string>> names;
  for (const BlockId id : blocks) {
    const DataBlock& block = *document.find(id);
    if (block.is_linked() || block.is_embedded()) {
      continue;
    }
    std::string name = block.name;
    for (std::int64_t i = 0; i < s.actions.size(); ++i) {
      const auto& expression = expressions[std::size_t(i)];
      Result<std::string> next =
          renamed(std::move(name), s.actions[i], expression ? &*expression : nullptr);
      if (!next) {
        return next.error();
      }
      name = std::move(*next);
    }
    if (name != block.name) {
      names.emplace_back(id, std::move(name));
    }
  }
  for (const auto& [id, name] : names) {
    document.rename(id, document.free_name(type, name));
  }
  context.reports.push_back(
      {fmt::format("{} of {} renamed", names.size(), blocks.size()), Report::Severity::Info});
  return Outcome::Finished;
}

}  // namespace

void register_batch_rename(OperatorRegistry& registry) {
  add_operator(registry, "wm.batch_rename", "Batch Rename", batch_rename);
}

}  // namespace kiln::operators
