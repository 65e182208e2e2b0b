#include "editor/window/history_popup.h"

#include "editor/window/editor.h"

namespace kiln::editor {

HistoryPopup::HistoryPopup(EditorContext& context, QWidget* parent)
    : ChoicePopup(
          context, QStringLiteral("Undo History"),
          [&context](const QString& text) {
            std::vector<Choice> choices;
            const UndoStack& undo = context.session.project().undo;
            for (std::size_t i = undo.steps().size(); i-- > 0;) {
              const QString label = QString::fromStdString(undo.steps()[i].label);
              if (label.contains(text, Qt::CaseInsensitive)) {
                choices.push_back({label,
                                   i == undo.present()  ? QStringLiteral("now")
                                   : i > undo.present() ? QStringLiteral("undone")
                                                        : QString(),
                                   i != undo.present(), QString::number(i)});
              }
            }
            return choices;
          },
          [&context](const Choice& choice) { context.session.jump(choice.key.toULongLong()); },
          parent) {}

}  // namespace kiln::editor
