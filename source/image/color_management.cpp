#include "image/color_management.h"

#include <cstdlib>

#include <OpenColorIO/OpenColorIO.h>

#include "image/color_tables.h"

namespace kiln::image {

namespace ocio = OCIO_NAMESPACE;

namespace {

class OcioTransform final : public ColorTransform::Implementation {
public:
  OcioTransform(ToneCurves curves, ocio::ConstCPUProcessorRcPtr processor)
      : curves_(std::move(curves)),
        has_curves_(!curves_.is_identity()),
        processor_(std::move(processor)) {}

  void apply(float* pixels, std::size_t count, int channels) const override {
    if (has_curves_) {
      for (std::size_t i = 0; i < count; ++i) {
        float* p = pixels + i * channels;
        const float3 color = curves_({p[0], p[1], p[2]});
        p[0] = color.x;
        p[1] = color.y;
        p[2] = color.z;
      }
    }
    ocio::PackedImageDesc description(pixels, long(count), 1, channels);
    processor_->apply(description);
  }

private:
  ToneCurves curves_;
  bool has_curves_;
  ocio::ConstCPUProcessorRcPtr processor_;
};

bool is_none(const std::string& look) {
  return look.empty() || look == "None";
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += fmt::format("{}'{}'", text.empty() ? "" : ", ", name);
  }
  return text;
}

}  // namespace

struct ColorManagement::State {
  Path path;
  ocio::ConstConfigRcPtr config;
  std::vector<std::string> color_spaces, displays, looks;
  std::string scene_linear, default_byte, default_float, data, color_picking;
  float3 luminance;

  std::string role(const char* name, const std::string& otherwise) const {
    const ocio::ConstColorSpaceRcPtr space = config->getColorSpace(name);
    return space ? space->getName() : otherwise;
  }
  Result<ocio::ConstProcessorRcPtr> display_processor(std::string_view from,
                                                      const ViewSettings& settings) const;
  Error failure(const std::exception& error) const {
    return {Error::Kind::Invalid,
            fmt::format("color configuration \"{}\": {}", path.string(), error.what())};
  }
};

Result<ColorManagement> ColorManagement::load(const Path& config) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(config, ignored)) {
    return Error::unreadable(config, "there is no color configuration of this name");
  }
  auto state = std::make_shared<State>();
  state->path = config;
  try {
    const ocio::ConfigRcPtr read =
        ocio::Config::CreateFromFile(config.c_str())->createEditableCopy();
    read->validate();
    read_tables_into(*read);
    state->config = read;
    const ocio::ConstConfigRcPtr& c = state->config;
    for (int i = 0; i < c->getNumColorSpaces(); ++i) {
      state->color_spaces.emplace_back(c->getColorSpaceNameByIndex(i));
    }
    std::sort(state->color_spaces.begin(), state->color_spaces.end());
    for (int i = 0; i < c->getNumDisplays(); ++i) {
      state->displays.emplace_back(c->getDisplay(i));
    }
    for (int i = 0; i < c->getNumLooks(); ++i) {
      state->looks.emplace_back(c->getLookNameByIndex(i));
    }
    if (state->displays.empty()) {
      return Error::malformed(config, "has no display");
    }
    state->scene_linear = state->role(ocio::ROLE_SCENE_LINEAR, "");
    if (state->scene_linear.empty()) {
      return Error::malformed(config, "has no role 'scene_linear', which Kiln works in");
    }
    state->data = state->role(ocio::ROLE_DATA, state->scene_linear);
    state->color_picking = state->role(ocio::ROLE_COLOR_PICKING, state->scene_linear);
    state->default_byte = state->role("default_byte", state->color_picking);
    state->default_float = state->role("default_float", state->scene_linear);
    double luma[3];
    c->getDefaultLumaCoefs(luma);
    state->luminance = {float(luma[0]), float(luma[1]), float(luma[2])};
  } catch (const std::exception& error) {
    return Error::malformed(config, "{}", error.what());
  }
  ColorManagement result;
  result.state_ = std::move(state);
  return result;
}

Result<Path> ColorManagement::find_config(const std::vector<Path>& resource_folders) {
  if (const char* from_environment = std::getenv("OCIO"); from_environment && *from_environment) {
    return Path(from_environment);
  }
  std::string tried;
  std::error_code ignored;
  for (const Path& folder : resource_folders) {
    Path candidate = folder / "color" / "config.ocio";
    if (std::filesystem::is_regular_file(candidate, ignored)) {
      return candidate;
    }
    tried += fmt::format("{}\"{}\"", tried.empty() ? "" : ", ", candidate.string());
  }
  return Error{Error::Kind::Unreadable,
               fmt::format("no color configuration; looked for {}", tried)};
}

std::vector<Path> ColorManagement::resource_folders(const Path& executable_folder) {
  return {executable_folder.parent_path() / "share" / "kiln"};
}

const Path& ColorManagement::config_path() const {
  return state_->path;
}
const std::vector<std::string>& ColorManagement::color_spaces() const {
  return state_->color_spaces;
}
const std::vector<std::string>& ColorManagement::displays() const {
  return state_->displays;
}

std::vector<std::string> ColorManagement::views(std::string_view display) const {
  std::vector<std::string> names;
  const std::string name(display);
  for (int i = 0; i < state_->config->getNumViews(name.c_str()); ++i) {
    names.emplace_back(state_->config->getView(name.c_str(), i));
  }
  return names;
}

std::vector<std::string> ColorManagement::looks(std::string_view view) const {
  std::vector<std::string> names{"None"}, own;
  const std::string prefix = fmt::format("{} - ", view);
  for (const std::string& look : state_->looks) {
    if (look.starts_with(prefix)) {
      own.push_back(look);
    } else if (look.find(" - ") == std::string::npos) {
      names.push_back(look);
    }
  }
  names.insert(names.end(), own.begin(), own.end());
  return names;
}

std::string ColorManagement::description(std::string_view color_space) const {
  const ocio::ConstColorSpaceRcPtr space =
      state_->config->getColorSpace(std::string(color_space).c_str());
  return space ? space->getDescription() : "";
}

const std::string& ColorManagement::scene_linear() const {
  return state_->scene_linear;
}
const std::string& ColorManagement::default_byte() const {
  return state_->default_byte;
}
const std::string& ColorManagement::default_float() const {
  return state_->default_float;
}
const std::string& ColorManagement::data() const {
  return state_->data;
}
const std::string& ColorManagement::color_picking() const {
  return state_->color_picking;
}
float3 ColorManagement::luminance_weights() const {
  return state_->luminance;
}

bool ColorManagement::has_color_space(std::string_view name) const {
  return std::binary_search(state_->color_spaces.begin(), state_->color_spaces.end(), name);
}

bool ColorManagement::is_data(std::string_view color_space) const {
  const ocio::ConstColorSpaceRcPtr space =
      state_->config->getColorSpace(std::string(color_space).c_str());
  return !space || space->isData();
}

Result<ColorTransform> ColorManagement::conversion(std::string_view from,
                                                   std::string_view to) const {
  for (const std::string_view name : {from, to}) {
    if (!has_color_space(name)) {
      return Error::invalid("there is no color space '{}'; expected one of {}", name,
                            quoted_list(state_->color_spaces));
    }
  }
  if (from == to) {
    return ColorTransform();
  }
  try {
    const ocio::ConstProcessorRcPtr processor =
        state_->config->getProcessor(std::string(from).c_str(), std::string(to).c_str());
    if (processor->isNoOp()) {
      return ColorTransform();
    }
    return ColorTransform(
        std::make_shared<OcioTransform>(ToneCurves{}, processor->getDefaultCPUProcessor()));
  } catch (const std::exception& error) {
    return state_->failure(error);
  }
}

Result<ocio::ConstProcessorRcPtr> ColorManagement::State::display_processor(
    std::string_view from, const ViewSettings& settings) const {
  try {
    const ocio::GroupTransformRcPtr group = ocio::GroupTransform::Create();
    if (from != scene_linear) {
      const ocio::ColorSpaceTransformRcPtr input = ocio::ColorSpaceTransform::Create();
      input->setSrc(std::string(from).c_str());
      input->setDst(scene_linear.c_str());
      group->appendTransform(input);
    }
    if (settings.exposure != 0.0f) {
      const double gain = std::exp2(double(settings.exposure));
      const double matrix[16] = {gain, 0, 0, 0, 0, gain, 0, 0, 0, 0, gain, 0, 0, 0, 0, 1};
      const ocio::MatrixTransformRcPtr scale = ocio::MatrixTransform::Create();
      scale->setMatrix(matrix);
      group->appendTransform(scale);
    }
    std::string space = scene_linear;
    if (!is_none(settings.look)) {
      // The look leaves its result in the space that it works in; the view goes on from there.
      space = config->getLook(settings.look.c_str())->getProcessSpace();
      const ocio::LookTransformRcPtr look = ocio::LookTransform::Create();
      look->setSrc(scene_linear.c_str());
      look->setDst(space.c_str());
      look->setLooks(settings.look.c_str());
      group->appendTransform(look);
    }
    const ocio::DisplayViewTransformRcPtr view = ocio::DisplayViewTransform::Create();
    view->setSrc(space.c_str());
    view->setDisplay(settings.display.c_str());
    view->setView(settings.view.c_str());
    view->setLooksBypass(!is_none(settings.look));
    group->appendTransform(view);
    if (settings.gamma != 1.0f && settings.gamma > 0.0f) {
      const double power = 1.0 / double(settings.gamma);
      const double exponents[4] = {power, power, power, 1.0};
      const ocio::ExponentTransformRcPtr gamma = ocio::ExponentTransform::Create();
      gamma->setValue(exponents);
      group->appendTransform(gamma);
    }
    return config->getProcessor(group);
  } catch (const std::exception& error) {
    return failure(error);
  }
}

Result<ColorTransform> ColorManagement::display(std::string_view from,
                                                const ViewSettings& settings) const {
  if (!has_color_space(from)) {
    return Error::invalid("there is no color space '{}'; expected one of {}", from,
                          quoted_list(state_->color_spaces));
  }
  const std::vector<std::string>& displays = state_->displays;
  if (std::find(displays.begin(), displays.end(), settings.display) == displays.end()) {
    return Error::invalid("there is no display device '{}'; expected one of {}", settings.display,
                          quoted_list(displays));
  }
  const std::vector<std::string> all_views = views(settings.display);
  if (std::find(all_views.begin(), all_views.end(), settings.view) == all_views.end()) {
    return Error::invalid("display device '{}' has no view transform '{}'; expected one of {}",
                          settings.display, settings.view, quoted_list(all_views));
  }
  if (!is_none(settings.look) &&
      std::find(state_->looks.begin(), state_->looks.end(), settings.look) == state_->looks.end()) {
    return Error::invalid("there is no look '{}'; expected one of {}", settings.look,
                          quoted_list(looks(settings.view)));
  }
  const Result<ocio::ConstProcessorRcPtr> processor = state_->display_processor(from, settings);
  if (!processor) {
    return processor.error();
  }
  try {
    if ((*processor)->isNoOp() && settings.curves.is_identity()) {
      return ColorTransform();
    }
    return ColorTransform(
        std::make_shared<OcioTransform>(settings.curves, (*processor)->getDefaultCPUProcessor()));
  } catch (const std::exception& error) {
    return state_->failure(error);
  }
}

Result<GpuShader> ColorManagement::display_shader(const ViewSettings& settings) const {
  // The same checks and messages as for the processor that runs on the CPU.
  if (const Result<ColorTransform> checked = display(scene_linear(), settings); !checked) {
    return checked.error();
  }
  const Result<ocio::ConstProcessorRcPtr> processor =
      state_->display_processor(scene_linear(), settings);
  if (!processor) {
    return processor.error();
  }
  try {
    ocio::GpuShaderDescRcPtr shader = ocio::GpuShaderDesc::CreateShaderDesc();
    shader->setLanguage(ocio::GPU_LANGUAGE_GLSL_4_0);
    shader->setFunctionName("display_transform");
    shader->setResourcePrefix("display_");
    (*processor)->getDefaultGPUProcessor()->extractGpuShaderInfo(shader);

    GpuShader result;
    result.source = shader->getShaderText();
    result.function = "display_transform";
    for (unsigned i = 0; i < shader->getNumTextures(); ++i) {
      const char *texture_name = nullptr, *sampler_name = nullptr;
      unsigned width = 0, height = 0;
      ocio::GpuShaderDesc::TextureType channel = ocio::GpuShaderDesc::TEXTURE_RGB_CHANNEL;
      ocio::Interpolation interpolation = ocio::INTERP_LINEAR;
      shader->getTexture(i, texture_name, sampler_name, width, height, channel, interpolation);
      const float* values = nullptr;
      shader->getTextureValues(i, values);
      GpuShader::Texture texture{
          .sampler = sampler_name,
          .width = int(width),
          .height = int(height),
          .depth = 1,
          .channels = channel == ocio::GpuShaderDesc::TEXTURE_RED_CHANNEL ? 1 : 3,
          .use_nearest = interpolation == ocio::INTERP_NEAREST,
          .texels = {}};
      texture.texels = Array<float>(
          std::span<const float>(values, std::size_t(width) * height * texture.channels));
      result.textures.push_back(std::move(texture));
    }
    for (unsigned i = 0; i < shader->getNum3DTextures(); ++i) {
      const char *texture_name = nullptr, *sampler_name = nullptr;
      unsigned edge = 0;
      ocio::Interpolation interpolation = ocio::INTERP_LINEAR;
      shader->get3DTexture(i, texture_name, sampler_name, edge, interpolation);
      const float* values = nullptr;
      shader->get3DTextureValues(i, values);
      const int size = int(edge);
      result.textures.push_back({.sampler = sampler_name,
                                 .width = size,
                                 .height = size,
                                 .depth = size,
                                 .channels = 3,
                                 .use_nearest = interpolation == ocio::INTERP_TETRAHEDRAL ||
                                                interpolation == ocio::INTERP_NEAREST,
                                 .texels = Array<float>(std::span<const float>(
                                     values, std::size_t(edge) * edge * edge * 3))});
    }
    return result;
  } catch (const std::exception& error) {
    return state_->failure(error);
  }
}

}  // namespace kiln::image
