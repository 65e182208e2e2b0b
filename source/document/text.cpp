#include "document/text.h"

#include "core/schema/registry.h"
#include "document/document.h"

namespace kiln {
namespace {

// Byte position of a character in UTF-8, at most the end.
std::size_t byte_of(const std::string& line, int character) {
  std::size_t at = 0;
  for (int i = 0; i < character && at < line.size(); ++i) {
    ++at;
    while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xc0) == 0x80) {
      ++at;
    }
  }
  return at;
}

int character_count(std::string_view line) {
  int count = 0;
  for (const char c : line) {
    count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }
  return count;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = text.find('\n', begin);
    lines.emplace_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (end == std::string_view::npos) {
      return lines;
    }
    begin = end + 1;
  }
}

struct TextLine {};

const Schema& line_schema() {
  static const Schema schema = [] {
    SchemaBuilder<TextLine> s("TextLine", "Text Line");
    s.add_column<std::string>(
         "body", "Line",
         [](const void* data, std::int64_t i) -> const void* {
           return &static_cast<const Text*>(data)->lines[std::size_t(i)];
         },
         [](void* data, std::int64_t i) -> void* {
           return &static_cast<Text*>(data)->lines[std::size_t(i)];
         },
         false)
        .default_value("")
        .never_none()
        .not_animatable();
    return s.build();
  }();
  return schema;
}

}  // namespace

std::string Text::as_string() const {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += lines[i];
    if (i + 1 < lines.size()) {
      text += '\n';
    }
  }
  return text;
}

void Text::from_string(std::string_view text) {
  lines = split(text);
  set_cursor(int(lines.size()) - 1, character_count(lines.back()));
}

void Text::set_cursor(int line, int character) {
  set_selection(line, character, line, character);
}

void Text::set_selection(int from_line, int from_character, int to_line, int to_character) {
  const auto fit = [&](int& line, int& character) {
    line = std::clamp(line, 0, int(lines.size()) - 1);
    character = std::clamp(character, 0, character_count(lines[std::size_t(line)]));
  };
  fit(from_line, from_character);
  fit(to_line, to_character);
  current_line = from_line;
  current_character = from_character;
  select_end_line = to_line;
  select_end_character = to_character;
}

void Text::write(std::string_view text) {
  set_selection(current_line, current_character, select_end_line, select_end_character);
  if (has_selection()) {
    auto first = std::pair(current_line, current_character);
    auto last = std::pair(select_end_line, select_end_character);
    if (last < first) {
      std::swap(first, last);
    }
    std::string& begin = lines[std::size_t(first.first)];
    const std::string& end = lines[std::size_t(last.first)];
    begin = begin.substr(0, byte_of(begin, first.second)) + end.substr(byte_of(end, last.second));
    lines.erase(lines.begin() + first.first + 1, lines.begin() + last.first + 1);
    set_cursor(first.first, first.second);
  }
  const std::size_t at = std::size_t(current_line);
  const std::size_t byte = byte_of(lines[at], current_character);
  std::vector<std::string> added = split(text);
  const std::string tail = lines[at].substr(byte);
  lines[at].resize(byte);
  lines[at] += added.front();
  lines.insert(lines.begin() + std::ptrdiff_t(at) + 1, added.begin() + 1, added.end());
  const std::size_t last = at + added.size() - 1;
  const int line_end = character_count(lines[last]);
  lines[last] += tail;
  set_cursor(int(last), line_end);
}

const Schema& Text::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Text> s("Text", "Text", &DataBlock::schema());
    s.add<&Text::filepath>("filepath", "File Path").not_animatable().never_none();
    s.add<&Text::indentation>("indentation", "Indentation")
        .items({{"TABS", "Tabs", 0}, {"SPACES", "Spaces", 1024}})
        .default_value("TABS");
    s.add<&Text::is_dirty>("is_dirty", "Dirty").read_only().not_stored().default_value(false);
    s.add_computed(PropertyType::Boolean, "is_modified", "Modified", [](const ConstRef&) {
       return Value(false);
     }).default_value(false);
    s.add_computed(PropertyType::Boolean, "is_in_memory", "Memory", [](const ConstRef& r) {
       return Value(r.as<Text>().filepath.empty());
     }).default_value(false);
    s.add_view("lines", "Lines", &line_schema, [](const ConstRef& r) {
       return std::int64_t(r.as<Text>().lines.size());
     }).not_animatable();
    const auto line_link = [](int Text::*line) {
      return [line](const ConstRef& r) {
        const auto& text = r.as<Text>();
        return PathStep{Text::schema().property("lines"), 0,
                        std::clamp(text.*line, 0, int(text.lines.size()) - 1)};
      };
    };
    s.add_link("current_line", "Current Line", &line_schema, line_link(&Text::current_line))
        .never_none();
    s.add_link("select_end_line", "Selection End Line", &line_schema,
               line_link(&Text::select_end_line))
        .never_none();
    s.add<&Text::current_line>("current_line_index", "Current Line Index")
        .soft(-10000, 10000)
        .set([](const MutableRef& r, const Value& v) -> Result<void> {
          auto& text = r.as<Text>();
          text.set_selection(int(v.as_int()), 0, text.select_end_line, text.select_end_character);
          return {};
        });
    s.add<&Text::current_character>("current_character", "Current Character")
        .range(0, infinity)
        .subtype(Subtype::Unsigned)
        .set([](const MutableRef& r, const Value& v) -> Result<void> {
          auto& text = r.as<Text>();
          text.set_selection(text.current_line, int(v.as_int()), text.select_end_line,
                             text.select_end_character);
          return {};
        });
    s.add<&Text::select_end_line>("select_end_line_index", "Selection End")
        .soft(-10000, 10000)
        .set([](const MutableRef& r, const Value& v) -> Result<void> {
          auto& text = r.as<Text>();
          text.set_selection(text.current_line, text.current_character, int(v.as_int()), 0);
          return {};
        });
    s.add<&Text::select_end_character>("select_end_character", "Selection End Character")
        .range(0, infinity)
        .subtype(Subtype::Unsigned)
        .set([](const MutableRef& r, const Value& v) -> Result<void> {
          auto& text = r.as<Text>();
          text.set_selection(text.current_line, text.current_character, text.select_end_line,
                             int(v.as_int()));
          return {};
        });
    s.add<&Text::use_module>("use_module", "Register")
        .describe("Runs when the file is opened, where the user lets files do that")
        .not_animatable();
    s.add_computed(
         PropertyType::String, "stored_text", "",
         [](const ConstRef& r) { return Value(r.as<Text>().as_string()); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.as<Text>().from_string(v.as_string());
           r.as<Text>().set_cursor(0, 0);  // what the file says of it comes after
           return {};
         })
        .internal()
        .stored()
        .default_value("");
    const auto text_parameter =
        parameter(PropertyType::String, "text", "Text",
                  [](PropertyBuilder& p) { p.required().default_value("Text"); });
    s.add_function("clear", {}, [](const Call& call) -> Result<Value> {
      call.edit(Change::Settings).as<Text>().from_string("");
      return Value();
    });
    const auto place = [](const char* name, int otherwise = -1) {
      return parameter(PropertyType::Int, name, "", [=](PropertyBuilder& p) {
        otherwise < 0 ? p.required() : p.default_value(otherwise);
      });
    };
    s.add_function(
        "select_set",
        {place("line_start"), place("char_start"), place("line_end"), place("char_end")},
        [](const Call& call) -> Result<Value> {
          const auto at = [&](std::size_t i) { return int(call.values[i].as_int()); };
          call.edit(Change::Settings).as<Text>().set_selection(at(0), at(1), at(2), at(3));
          return Value();
        });
    s.add_function(
        "cursor_set",
        {place("line"), place("character", 0),
         parameter(PropertyType::Boolean, "select", "",
                   [](PropertyBuilder& p) { p.default_value(false); })},
        [](const Call& call) -> Result<Value> {
          const int line = int(call.values[0].as_int()), character = int(call.values[1].as_int());
          auto& text = call.edit(Change::Settings).as<Text>();
          if (call.values[2].as_bool()) {
            text.set_selection(text.current_line, text.current_character, line, character);
          } else {
            text.set_cursor(line, character);
          }
          return Value();
        });
    s.add_function("write", {text_parameter}, [](const Call& call) -> Result<Value> {
      call.edit(Change::Settings).as<Text>().write(call.values[0].as_string());
      return Value();
    });
    s.add_function("from_string", {text_parameter}, [](const Call& call) -> Result<Value> {
      call.edit(Change::Settings).as<Text>().from_string(call.values[0].as_string());
      return Value();
    });
    s.add_function("as_string",
                   {parameter(PropertyType::String, "text", "Text",
                              [](PropertyBuilder& p) { p.output().default_value("Text"); })},
                   [](const Call& call) -> Result<Value> {
                     return Value(call.target.as<Text>().as_string());
                   });
    return s.build();
  }();
  return schema;
}

void register_text_types(Registry& registry) {
  registry.add(Text::schema());
  registry.add(line_schema());
}

}  // namespace kiln
