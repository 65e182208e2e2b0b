#pragma once

#include <string>
#include <vector>

#include "document/data_block.h"

namespace kiln {

enum class TextIndentation : std::int32_t { Tabs = 0, Spaces = 1024 };

/// A text: scripts, notes. Always has at least one line.
struct Text : Block<Text, BlockType::Text> {
  std::string filepath;
  TextIndentation indentation = TextIndentation::Spaces;
  std::vector<std::string> lines{std::string()};
  int current_line = 0, current_character = 0;  ///< the cursor; characters, not bytes
  int select_end_line = 0,
      select_end_character = 0;  ///< where the selection ends that begins there
  bool use_module = false;       ///< runs when the file is opened, and can be imported
  bool is_dirty = true;

  std::string as_string() const;
  void from_string(std::string_view text);
  /// Inserts at the cursor, in place of what is selected; the cursor moves behind the text.
  void write(std::string_view text);
  bool has_selection() const {
    return current_line != select_end_line || current_character != select_end_character;
  }
  /// Puts the cursor somewhere, with nothing selected. What is outside of the text goes to its rim.
  void set_cursor(int line, int character);
  /// Selects from the first place to the second, which may be before it.
  void set_selection(int from_line, int from_character, int to_line, int to_character);
  Text() { use_fake_user = true; }
  static const Schema& schema();
};

void register_text_types(class Registry& registry);

}  // namespace kiln
