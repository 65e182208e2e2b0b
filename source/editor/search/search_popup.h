#pragma once

#include "editor/layout/choice_popup.h"

namespace kiln::editor {

/// Search over all commands and operators, with their keys and why some cannot run.
class SearchPopup : public ChoicePopup {
  Q_OBJECT
public:
  SearchPopup(EditorContext& context, QWidget* parent);
};

}  // namespace kiln::editor
