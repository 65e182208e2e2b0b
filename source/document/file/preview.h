#pragma once

#include <string>

#include "core/result.h"

namespace kiln {

/// Small pictures of what documents look like, for lists of files. A service: whoever draws the
/// document offers it, and files without one have no picture.
class DocumentPreviewer {
public:
  virtual ~DocumentPreviewer() = default;
  /// The document as it looks now: a PNG file, at most 128 pixels wide and high, as base64 (RFC
  /// 4648). Empty where nothing is drawn.
  virtual std::string make() = 0;
};

/// Key of the picture in a file.
inline constexpr const char* preview_key = "preview";

/// The picture that a file has, base64; empty where it has none.
Result<std::string> read_preview(const Path& path);

}  // namespace kiln
