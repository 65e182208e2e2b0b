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
  bool is_dirty = true;

  std::string as_string() const;
  void from_string(std::string_view text);
  /// Inserts at the cursor, which moves behind the text.
  void write(std::string_view text);
  Text() { use_fake_user = true; }
  static const Schema& schema();
};

void register_text_types(class Registry& registry);

}  // namespace kiln
