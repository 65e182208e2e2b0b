#include "document/image_scopes.h"

#include "document/space.h"

namespace kiln {

const Schema& Histogram::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Histogram> s("Histogram", "Histogram");
    s.add<&Histogram::mode>("mode", "Mode")
        .describe("What is counted")
        .items({{"LUMA", "Luma", int(HistogramMode::Luma), "How bright pixels are"},
                {"RGB", "RGB", int(HistogramMode::Rgb), "Red, green and blue"},
                {"R", "R", int(HistogramMode::R), "Red"},
                {"G", "G", int(HistogramMode::G), "Green"},
                {"B", "B", int(HistogramMode::B), "Blue"},
                {"A", "A", int(HistogramMode::A), "Alpha"}});
    s.add<&Histogram::show_line>("show_line", "Show Line")
        .describe("Lines rather than filled shapes");
    return told_to_window(s.build());
  }();
  return schema;
}

const Schema& Scopes::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Scopes> s("Scopes", "Scopes");
    s.add<&Scopes::use_full_resolution>("use_full_resolution", "Full Sample")
        .describe("All lines of the picture are measured");
    s.add<&Scopes::accuracy>("accuracy", "Accuracy")
        .describe("How many of the lines are measured")
        .subtype(Subtype::Percentage)
        .range(0, 100)
        .step(10, 1)
        .default_value(0.0);
    s.add<&Scopes::histogram>("histogram", "Histogram");
    s.add<&Scopes::waveform_mode>("waveform_mode", "Waveform Mode")
        .items({{"LUMA", "Luma", int(WaveformMode::Luma)},
                {"PARADE", "Parade", int(WaveformMode::Parade)},
                {"YCBCR601", "YCbCr (ITU 601)", int(WaveformMode::YCbCr601)},
                {"YCBCR709", "YCbCr (ITU 709)", int(WaveformMode::YCbCr709)},
                {"YCBCRJPG", "YCbCr (Jpeg)", int(WaveformMode::YCbCrJpeg)},
                {"RGB", "Red Green Blue", int(WaveformMode::Rgb)}});
    s.add<&Scopes::waveform_alpha>("waveform_alpha", "Waveform Opacity")
        .describe("How much each pixel brightens the waveform")
        .subtype(Subtype::Factor)
        .range(0, 1)
        .default_value(0.0);
    s.add<&Scopes::vectorscope_alpha>("vectorscope_alpha", "Vectorscope Opacity")
        .describe("How much each pixel brightens the vectorscope")
        .subtype(Subtype::Factor)
        .range(0, 1)
        .default_value(0.0);
    return told_to_window(s.build());
  }();
  return schema;
}

}  // namespace kiln
