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
  current_line = current_character = 0;
}

void Text::write(std::string_view text) {
  const std::size_t at = std::size_t(std::clamp(current_line, 0, int(lines.size()) - 1));
  const std::size_t byte = byte_of(lines[at], current_character);
  std::vector<std::string> added = split(text);
  const std::string tail = lines[at].substr(byte);
  lines[at].resize(byte);
  lines[at] += added.front();
  lines.insert(lines.begin() + std::ptrdiff_t(at) + 1, added.begin() + 1, added.end());
  const std::size_t last = at + added.size() - 1;
  current_line = int(last);
  current_character = character_count(lines[last]);
  lines[last] += tail;
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
    s.add<&Text::current_line>("current_line_index", "Current Line Index")
        .soft(-10000, 10000)
        .set([](const MutableRef& r, const Value& v) -> Result<void> {
          auto& text = r.as<Text>();
          text.current_line = std::clamp(int(v.as_int()), 0, int(text.lines.size()) - 1);
          text.current_character = 0;
          return {};
        });
    s.add<&Text::current_character>("current_character", "Current Character")
        .range(0, infinity)
        .subtype(Subtype::Unsigned);
    s.add_computed(
         PropertyType::String, "stored_text", "",
         [](const ConstRef& r) { return Value(r.as<Text>().as_string()); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.as<Text>().from_string(v.as_string());
           return {};
         })
        .internal()
        .stored()
        .default_value("");
    const auto text_parameter =
        parameter(PropertyType::String, "text", "Text", [](PropertyBuilder& p) { p.required(); });
    s.add_function("clear", {}, [](const Call& call) -> Result<Value> {
      call.edit(Change::Settings).as<Text>().from_string("");
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
    s.add_function(
        "as_string",
        {parameter(PropertyType::String, "text", "Text", [](PropertyBuilder& p) { p.output(); })},
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
