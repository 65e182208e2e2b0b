#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "editor/keymap/keymap.h"
#include "editor/session/document_job.h"
#include "editor/session/session.h"

namespace kiln::editor {

/// Something the window itself does, such as opening the search. Operators of the document are no
/// commands.
struct Command {
  std::string identifier;
  std::string label;
  std::function<void(const OperatorSettings&)> run;
  std::function<std::optional<std::string>()> why_not = {};  ///< why it cannot run now
};

/// All that can be asked for by name: commands of the window first, then operators; and the keys
/// that ask for them.
class Commands {
public:
  explicit Commands(Session& session) : session_(session) {}

  void add(Command command) { list_.push_back(std::move(command)); }
  const std::vector<Command>& all() const { return list_; }
  const Command* find(std::string_view identifier) const {
    for (const Command& command : list_) {
      if (command.identifier == identifier) {
        return &command;
      }
    }
    return nullptr;
  }
  /// Takes operators that run beside the window: importers and exporters.
  std::function<void(const operators::OperatorType&, const OperatorSettings&)> run_beside;

  bool run(std::string_view identifier, const OperatorSettings& settings = {}) {
    if (const Command* command = find(identifier)) {
      if (const auto reason = command->why_not ? command->why_not() : std::nullopt) {
        session_.report(InfoLine::Kind::Warning, fmt::format("{}: {}", command->label, *reason));
        return false;
      }
      command->run(settings);
      return true;
    }
    const operators::OperatorType* type = session_.operators().find(identifier);
    if (type && run_beside && runs_beside(*type)) {
      run_beside(*type, settings);
      return true;
    }
    return session_.run(identifier, settings, /*is_invoked=*/true);
  }

  Keymap keymap;

private:
  Session& session_;
  std::vector<Command> list_;
};

/// One thing the search offers.
struct SearchItem {
  std::string identifier, label, keys;
  std::string why_not;  ///< empty: it can run
};
/// Commands and operators whose label or identifier has all words of the text, best first: those
/// that begin with it, then those that can run, then by label.
std::vector<SearchItem> search_commands(const Session& session, const Commands& commands,
                                        std::string_view text);

}  // namespace kiln::editor
