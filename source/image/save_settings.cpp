#include "image/save_settings.h"

namespace kiln::image {

Result<void> check(const SaveSettings& settings) {
  const FormatTraits& format = traits(settings.format);
  if (!format.can_write) {
    return Error::unsupported("{} files can be read but not written",
                              *format.identifier ? format.identifier : format.extension);
  }
  std::string accepted;
  bool is_depth_known = false;
  for (const int depth : format.depths) {
    if (depth != 0) {
      is_depth_known = is_depth_known || depth == settings.depth;
      accepted += fmt::format("{}{}", accepted.empty() ? "" : ", ", depth);
    }
  }
  if (!is_depth_known) {
    return Error::invalid("{}: color_depth is {}; expected {}", format.identifier, settings.depth,
                          accepted);
  }
  if (settings.color_mode == ColorMode::BW && !format.has_grey) {
    return Error::invalid("{}: color_mode is 'BW'; expected 'RGB'{}", format.identifier,
                          format.has_alpha ? " or 'RGBA'" : "");
  }
  if (settings.color_mode == ColorMode::RGBA && !format.has_alpha) {
    return Error::invalid("{}: color_mode is 'RGBA'; expected {}'RGB'", format.identifier,
                          format.has_grey ? "'BW' or " : "");
  }
  for (const auto& [name, value] :
       {std::pair{"quality", settings.quality}, {"compression", settings.compression}}) {
    if (value < 0 || value > 100) {
      return Error::invalid("{}: {} is {}; expected 0 to 100", format.identifier, name, value);
    }
  }
  return {};
}

}  // namespace kiln::image
