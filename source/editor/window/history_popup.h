#pragma once

#include "editor/layout/choice_popup.h"

namespace kiln::editor {

/// All undo steps; choosing one goes there.
class HistoryPopup : public ChoicePopup {
  Q_OBJECT
public:
  HistoryPopup(EditorContext& context, QWidget* parent);
};

}  // namespace kiln::editor
