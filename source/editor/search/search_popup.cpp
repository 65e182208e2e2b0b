#include "editor/search/search_popup.h"

#include "editor/window/commands.h"
#include "editor/window/editor.h"

namespace kiln::editor {

SearchPopup::SearchPopup(EditorContext& context, QWidget* parent)
    : ChoicePopup(
          context, QStringLiteral("Search"),
          [&context](const QString& text) {
            std::vector<Choice> choices;
            for (const SearchItem& item :
                 search_commands(context.session, context.commands, text.toStdString())) {
              choices.push_back(
                  {QString::fromStdString(item.label),
                   QString::fromStdString(item.why_not.empty() ? item.keys : item.why_not),
                   item.why_not.empty(), QString::fromStdString(item.identifier)});
            }
            return choices;
          },
          [&context](const Choice& choice) { context.invoke(choice.key.toStdString(), {}); },
          parent) {}

}  // namespace kiln::editor
