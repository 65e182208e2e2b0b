#include "image/color_management.h"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/tasks.h"
#include "support.h"

namespace kiln::image {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ColorConfigTest : public FolderTest {};

ColorManagement kiln_config() {
  Result<ColorManagement> loaded = ColorManagement::load(KILN_COLOR_CONFIG);
  EXPECT_TRUE(loaded);
  return *loaded;
}

float shown(const ViewSettings& settings, float grey) {
  const Result<ColorTransform> transform = kiln_config().display("Linear", settings);
  EXPECT_TRUE(transform);
  return (*transform)({grey, grey, grey}).y;
}

float srgb(float x) {
  return x <= 0.0031308f ? 12.92f * x : 1.055f * std::pow(x, 1.0f / 2.4f) - 0.055f;
}

TEST(ColorManagement, OffersTheSpacesThatScriptsName) {
  const ColorManagement colors = kiln_config();

  for (const char* name : {"Filmic Log", "Filmic sRGB", "Linear", "Linear ACES", "Linear ACEScg",
                           "Non-Color", "Raw", "sRGB", "XYZ"}) {
    EXPECT_TRUE(colors.has_color_space(name)) << name;
  }
  EXPECT_EQ(colors.scene_linear(), "Linear");
  EXPECT_EQ(colors.default_byte(), "sRGB");
  EXPECT_EQ(colors.data(), "Non-Color");
  EXPECT_TRUE(colors.is_data("Raw"));
  EXPECT_FALSE(colors.is_data("sRGB"));
}

TEST(ColorManagement, ListsDisplaysAndTheirViewsInMenuOrder) {
  const ColorManagement colors = kiln_config();

  EXPECT_THAT(colors.displays(), ElementsAre("sRGB", "XYZ", "None"));
  EXPECT_THAT(colors.views("sRGB"),
              ElementsAre("Standard", "Filmic", "Filmic Log", "Raw", "False Color", "AgX", "ACES"));
  EXPECT_THAT(colors.views("XYZ"), ElementsAre("Standard", "Raw"));
  EXPECT_THAT(colors.views("None"), ElementsAre("Standard"));
}

TEST(ColorManagement, OffersTheLooksOfAViewForThatViewOnly) {
  const ColorManagement colors = kiln_config();

  EXPECT_THAT(
      colors.looks("Filmic"),
      ElementsAre("None", "Very High Contrast", "High Contrast", "Medium High Contrast",
                  "Medium Contrast", "Medium Low Contrast", "Low Contrast", "Very Low Contrast"));
  EXPECT_THAT(colors.looks("AgX"), testing::Contains("AgX - Punchy"));
}

TEST(ColorManagement, EveryDisplayViewAndLookMakesFiniteColors) {
  const ColorManagement colors = kiln_config();
  const float infinity = std::numeric_limits<float>::infinity();

  for (const std::string& display : colors.displays()) {
    for (const std::string& view : colors.views(display)) {
      for (const std::string& look : colors.looks(view)) {
        const Result<ColorTransform> transform =
            colors.display("Linear", {.display = display, .view = view, .look = look});
        ASSERT_TRUE(transform) << display << view << look << transform.error().message;
        const float3 color = (*transform)({0.2f, 0.0f, 900.0f});
        EXPECT_TRUE(is_finite(color)) << view << look;
        if (view != "Standard" && view != "Raw") {
          EXPECT_TRUE(is_finite((*transform)({infinity, -1.0f, 1.0f}))) << view << look;
        }
      }
    }
  }
}

TEST(ColorManagement, TheStandardViewIsTheSrgbCurve) {
  for (const float x : {0.0f, 0.001f, 0.0031308f, 0.01f, 0.18f, 0.5f, 1.0f, 4.0f}) {
    EXPECT_NEAR(shown({.view = "Standard"}, x), srgb(x), 1e-4f) << x;
  }
}

TEST(ColorManagement, TheRawViewShowsValuesAsTheyAre) {
  EXPECT_EQ(shown({.view = "Raw"}, 0.3f), 0.3f);
  EXPECT_EQ(shown({.display = "None"}, 3.0f), 3.0f);
}

// What the published film emulation shows for grey values, read off 16-bit pictures.
TEST(ColorManagement, FilmicMatchesMeasuredGreys) {
  struct Sample {
    float scene, none, very_high, very_low;
  };
  const Sample samples[] = {{0.001f, 0.016235f, 0.001709f, 0.050294f},
                            {0.18f, 0.500206f, 0.500328f, 0.500143f},
                            {1.0f, 0.807233f, 0.889921f, 0.736843f},
                            {10.0f, 0.990082f, 0.996429f, 0.965240f}};
  for (const Sample& s : samples) {
    EXPECT_NEAR(shown({.view = "Filmic"}, s.scene), s.none, 1e-3f) << s.scene;
    EXPECT_NEAR(shown({.view = "Filmic", .look = "Very High Contrast"}, s.scene), s.very_high,
                1e-3f)
        << s.scene;
    EXPECT_NEAR(shown({.view = "Filmic", .look = "Medium Contrast"}, s.scene), s.none, 1e-3f)
        << s.scene;
  }
}

TEST(ColorManagement, FilmicTurnsVeryBrightColorsWhite) {
  const Result<ColorTransform> filmic = kiln_config().display("Linear", {.view = "Filmic"});

  const float3 bright = (*filmic)({500.0f, 0.1f, 0.1f});
  const float3 moderate = (*filmic)({5.0f, 0.1f, 0.1f});

  EXPECT_GT(bright.y, 0.95f);
  EXPECT_LT(moderate.y, 0.5f);
}

TEST(ColorManagement, AgxAndFalseColorShowMiddleGreyInTheMiddle) {
  EXPECT_NEAR(shown({.view = "AgX"}, 0.18f), 0.5f, 2e-3f);
  EXPECT_NEAR(shown({.view = "False Color"}, 0.18f), 0.5f, 2e-3f);
}

TEST(ColorManagement, ExposureDoublesSceneLightPerStop) {
  EXPECT_NEAR(shown({.view = "Filmic", .exposure = 2.0f}, 0.1f), shown({.view = "Filmic"}, 0.4f),
              1e-5f);
}

TEST(ColorManagement, GammaActsOnDisplayValues) {
  EXPECT_NEAR(shown({.view = "Filmic", .gamma = 2.0f}, 0.18f),
              std::sqrt(shown({.view = "Filmic"}, 0.18f)), 1e-4f);
}

TEST(ColorManagement, ToneCurvesComeBeforeTheView) {
  ViewSettings settings{.view = "Raw"};
  settings.curves.combined = {.samples = Array<float>{0.0f, 0.8f, 1.0f}};

  EXPECT_NEAR(shown(settings, 0.25f), 0.4f, 1e-6f);
  EXPECT_NEAR(shown(settings, 2.0f), 1.0f, 1e-6f);
}

TEST(ColorManagement, ConversionsThereAndBackAgree) {
  const ColorManagement colors = kiln_config();
  const float3 color{0.2f, 0.5f, 0.7f};

  for (const char* space : {"sRGB", "Linear ACES", "Linear ACEScg", "XYZ", "Filmic Log",
                            "Filmic sRGB", "AgX Log", "AgX Base sRGB"}) {
    const Result<ColorTransform> there = colors.conversion("Linear", space);
    const Result<ColorTransform> back = colors.conversion(space, "Linear");
    ASSERT_TRUE(there && back) << space;
    // Tables of 4096 entries are inverted by interpolation.
    EXPECT_LT(distance((*back)((*there)(color)), color), 2e-3f) << space;
  }
}

TEST(ColorManagement, WhiteStaysWhiteInAces) {
  const Result<ColorTransform> transform = kiln_config().conversion("Linear", "Linear ACEScg");

  const float3 white = (*transform)({1, 1, 1});

  EXPECT_LT(distance(white, {1, 1, 1}), 1e-3f);
}

TEST(ColorManagement, DataIsNeverConverted) {
  EXPECT_TRUE(kiln_config().conversion("Non-Color", "Linear")->is_identity());
}

TEST(ColorManagement, ErrorsNameWhatIsAcceptedInstead) {
  const ColorManagement colors = kiln_config();

  EXPECT_THAT(colors.conversion("sRBG", "Linear").error().message, HasSubstr("'sRGB'"));
  EXPECT_THAT(colors.display("Linear", {.display = "LCD"}).error().message, HasSubstr("'XYZ'"));
  EXPECT_THAT(colors.display("Linear", {.view = "Nice"}).error().message, HasSubstr("'Filmic'"));
  EXPECT_THAT(colors.display("Linear", {.look = "Bold"}).error().message,
              HasSubstr("'Low Contrast'"));
}

TEST(ColorManagement, AMissingOrForeignConfigurationIsAnError) {
  EXPECT_THAT(ColorManagement::load("/no/such/config.ocio").error().message, HasSubstr("/no/such"));
  EXPECT_FALSE(ColorManagement::load("/etc/passwd"));
}

TEST_F(ColorConfigTest, ADamagedTableIsAnErrorThatNamesIt) {
  std::filesystem::copy(Path(KILN_COLOR_CONFIG).parent_path(), folder_,
                        std::filesystem::copy_options::recursive);
  std::filesystem::resize_file(folder_ / "luts" / "filmic_path_to_white.spi3d", 5000);

  const Result<ColorManagement> colors = ColorManagement::load(folder_ / "config.ocio");

  ASSERT_TRUE(colors);
  EXPECT_TRUE(colors->display("Linear", {.view = "Standard"}));
  EXPECT_THAT(colors->display("Linear", {.view = "Filmic"}).error().message,
              HasSubstr("filmic_path_to_white"));
}

TEST(ColorTransform, GivesTheSameValuesOnAnyNumberOfThreads) {
  const Result<ColorTransform> filmic = kiln_config().display("Linear", {.view = "Filmic"});
  std::vector<float> pixels(4 * 100003);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    pixels[i] = float(i % 977) / 200.0f;
  }
  std::vector<float> one = pixels;

  filmic->apply_parallel(pixels, 4);
  {
    const ThreadLimit limit(1);
    filmic->apply_parallel(one, 4);
  }

  EXPECT_EQ(pixels, one);
}

TEST(ColorTransform, TreatsPremultipliedColorAsSeenThroughItsAlpha) {
  const Result<ColorTransform> standard = kiln_config().display("Linear", {});
  std::vector<float> pixels{0.1f, 0.2f, 0.3f, 0.5f, 0.3f, 0.2f, 0.1f, 0.0f};

  standard->apply_premultiplied(pixels);

  EXPECT_NEAR(pixels[0], 0.5f * srgb(0.2f), 1e-4f);
  EXPECT_EQ(pixels[3], 0.5f);
  EXPECT_NEAR(pixels[4], srgb(0.3f), 1e-4f);
}

TEST(ColorManagement, MakesAShaderWithItsTables) {
  const Result<GpuShader> shader =
      kiln_config().display_shader({.view = "Filmic", .look = "High Contrast"});

  ASSERT_TRUE(shader);
  EXPECT_THAT(shader->source, HasSubstr("vec4 display_transform("));
  ASSERT_FALSE(shader->textures.empty());
  for (const GpuShader::Texture& t : shader->textures) {
    EXPECT_EQ(t.texels.size(), std::size_t(t.width) * t.height * t.depth * t.channels) << t.sampler;
    EXPECT_THAT(shader->source, HasSubstr(t.sampler));
  }
}

}  // namespace
}  // namespace kiln::image
