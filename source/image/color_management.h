#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/array.h"
#include "core/math.h"
#include "core/result.h"
#include "image/color_transform.h"
#include "image/tone_curves.h"

namespace kiln::image {

/// How scene-linear values become what a screen shows.
struct ViewSettings {
  std::string display = "sRGB";   ///< display device
  std::string view = "Standard";  ///< one of the display's views
  std::string look = "None";      ///< "None" or a look offered for the view
  float exposure = 0.0f;          ///< stops: scene-linear values are multiplied by 2^exposure
  float gamma = 1.0f;             ///< display values are raised to 1 / gamma; 0 counts as 1
  ToneCurves curves{};            ///< applied to scene-linear values before exposure; empty: none
};

/// What a fragment shader needs to show scene-linear pixels as a display transform would.
struct GpuShader {
  struct Texture {
    std::string sampler;       ///< name of the sampler uniform in `source`
    int width = 0;             ///< texels; a 3D texture is `width` cubed
    int height = 0;            ///< 1 for a 1D texture
    int depth = 0;             ///< 1 but for 3D textures
    int channels = 3;          ///< 1 (red) or 3
    bool use_nearest = false;  ///< sample without interpolation (the source interpolates)
    Array<float> texels;       ///< x fastest
  };
  std::string source;    ///< GLSL 4.0: declares the samplers and `vec4 function(vec4)`
  std::string function;  ///< name of that function
  std::vector<Texture> textures;
};

/// The color spaces, displays, views and looks of one OpenColorIO configuration, and the transforms
/// between them.
///
/// Const access is safe from any thread. Transforms are cached by OpenColorIO; the first use of a
/// table reads its file.
class ColorManagement {
public:
  /// Reads a configuration; names the file in the error if it is missing, malformed or lacks a
  /// scene-linear role.
  static Result<ColorManagement> load(const Path& config);

  /// `$OCIO` where it is set, else color/config.ocio in the first of `resource_folders` that has
  /// it.
  static Result<Path> find_config(const std::vector<Path>& resource_folders);
  /// Where a program in `executable_folder` looks for its resources: ../share/kiln.
  static std::vector<Path> resource_folders(const Path& executable_folder);

  const Path& config_path() const;

  /// Sorted by name.
  const std::vector<std::string>& color_spaces() const;
  const std::vector<std::string>& displays() const;
  /// Empty for an unknown display.
  std::vector<std::string> views(std::string_view display) const;
  /// "None" first, then those of every view, then the view's own ("AgX - Punchy").
  std::vector<std::string> looks(std::string_view view) const;
  std::string description(std::string_view color_space) const;

  const std::string& scene_linear() const;   ///< what rendering and compositing work in
  const std::string& default_byte() const;   ///< assumed for files with 8-bit or integer pixels
  const std::string& default_float() const;  ///< assumed for files with float pixels
  const std::string& data() const;           ///< for what is not color
  const std::string& color_picking() const;  ///< in which color widgets show values
  bool has_color_space(std::string_view name) const;
  /// Whether values of the space are never converted; true for unknown spaces.
  bool is_data(std::string_view color_space) const;
  /// Weights of red, green and blue in luminance, scene-linear.
  float3 luminance_weights() const;

  Result<ColorTransform> conversion(std::string_view from, std::string_view to) const;
  /// From values of `from` to display values.
  Result<ColorTransform> display(std::string_view from, const ViewSettings& settings) const;
  /// From scene-linear to display values, tone curves left out.
  Result<GpuShader> display_shader(const ViewSettings& settings) const;

private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace kiln::image
