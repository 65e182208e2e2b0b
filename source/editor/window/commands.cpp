#include "editor/window/commands.h"

#include <algorithm>
#include <sstream>

namespace kiln::editor {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return char(std::tolower(c)); });
  return out;
}

}  // namespace

std::vector<SearchItem> search_commands(const Session& session, const Commands& commands,
                                        std::string_view text) {
  std::vector<std::string> words;
  std::stringstream stream(lower(text));
  for (std::string word; stream >> word;) {
    words.push_back(word);
  }
  struct Ranked {
    int rank;
    SearchItem item;
  };
  std::vector<Ranked> found;
  const auto consider = [&](const std::string& identifier, const std::string& label,
                            const auto& reason) {
    const std::string name = lower(label), whole = name + " " + lower(identifier);
    for (const std::string& word : words) {
      if (whole.find(word) == std::string::npos) {
        return;
      }
    }
    const std::optional<std::string> why_not = reason();
    const bool begins = !words.empty() && name.starts_with(words[0]);
    found.push_back(
        {(begins ? 0 : 2) + (why_not ? 1 : 0),
         {identifier, label, commands.keymap.strokes_of(identifier), why_not.value_or("")}});
  };
  for (const Command& command : commands.all()) {
    consider(command.identifier, command.label,
             [&] { return command.why_not ? command.why_not() : std::optional<std::string>(); });
  }
  for (const auto& type : session.operators().all()) {
    if (!commands.find(type->identifier)) {
      consider(type->identifier, type->label, [&] { return session.why_not(*type); });
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Ranked& a, const Ranked& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.item.label < b.item.label;
  });
  std::vector<SearchItem> items;
  for (Ranked& entry : found) {
    items.push_back(std::move(entry.item));
  }
  return items;
}

}  // namespace kiln::editor
