#pragma once

#include "core/script_panels.h"
#include "document/image_scopes.h"
#include "editor/image/display.h"

namespace kiln::editor {

/// What measures a picture, drawn: red, green, blue, alpha, rows from the top.
struct ScopePictures {
  std::shared_ptr<const ScriptIcon> histogram;    ///< how often values are, black at the left
  std::shared_ptr<const ScriptIcon> waveform;     ///< values over the width of the picture
  std::shared_ptr<const ScriptIcon> vectorscope;  ///< blue and red differences (ITU-R BT.709)
};

/// Measures display values of a picture, as the screen shows them. Linear in the pixels of the
/// lines that are wanted.
ScopePictures draw_scopes(const DisplayPicture& picture, const Scopes& scopes);

/// Every how-many-th line is measured.
int scope_step(const Scopes& scopes, int height);

}  // namespace kiln::editor
