#pragma once

#include <string>
#include <vector>

#include "editor/view3d/transform_tool.h"

namespace kiln::editor {

/// A setting of an operator that the mouse changes, and how.
struct ToolValue {
  enum class From {
    Inward,   ///< toward what is selected, as a length there
    Outward,  ///< away from it
    Up,       ///< as a length there
    Right,    ///< 1 for 200 pixels
    Spread,   ///< the distance from what is selected against that at the start, less 1
    Slide,    ///< along the edges beside what is selected, 1 for their length
  };
  const char* setting = nullptr;
  From from = From::Up;
  UnitCategory unit = UnitCategory::None;
  float least = -1e9f, most = 1e9f;
};

/// A key that changes another setting: on and off, or one of some values after the other.
struct ToolKey {
  const char* key;
  const char* setting;
  std::vector<const char*> values = {};
};

/// An operator that runs while the mouse moves.
struct OperatorToolKind {
  const char* command;  ///< the operator; what asks for the tool has the same name
  const char* label;
  ToolValue value;
  ToolValue second = {};  ///< with Ctrl held
  std::vector<ToolKey> keys = {};
  const char* wheel = nullptr;   ///< a whole number that the wheel changes
  bool is_proportional = false;  ///< takes the scene's proportional editing into account
  bool has_view_axes = false;    ///< counts along the axes of the view
  const char* hint = "";
};
/// The kind for a command; null for other commands.
const OperatorToolKind* find_operator_tool(const std::string& command);

/// Runs an operator again with every movement of the mouse, from the same state of the document,
/// and leaves one undo step of it in the end. Knows nothing of windows.
class OperatorTool {
public:
  /// `settings` are those the operator was asked for with. `problem` says why it does not run.
  OperatorTool(Session& session, const OperatorToolKind& kind,
               const render::raster::ViewCamera& camera, int width, int height, float2 mouse,
               const OperatorSettings& settings = {});

  bool is_active() const { return problem_.empty(); }
  const std::string& problem() const { return problem_; }
  const OperatorToolKind& kind() const { return kind_; }
  void mouse_moved(float2 mouse, bool is_ctrl, bool is_precise);
  bool key(const KeyStroke& stroke, const std::string& text);
  /// Steps of the wheel, positive upward.
  void wheel(int steps);
  void confirm();
  void cancel();
  /// "Inset Faces  Thickness: 0.2 m".
  std::string status() const;
  /// What is selected, where the mouse counts from.
  float3 pivot() const { return pivot_; }
  /// Reach of proportional editing, world space; 0: it is off.
  float reach() const;

private:
  void update();
  float measure(const ToolValue& value, float2 from, float2 to) const;
  Value& setting(const char* name);
  const Value* find(const char* name) const;
  Value default_of(const char* name) const;

  Session& session_;
  OperatorToolKind kind_;
  render::raster::ViewCamera camera_;
  int width_, height_;
  float2 start_, effective_, mouse_;
  float3 pivot_;
  float2 slide_direction_{1, 0};  ///< pixels of a slide by 1
  float first_ = 0.0f, second_ = 0.0f;
  float base_ = 0.0f;  ///< of the value that changes, when it began to
  bool is_second_ = false;
  Document before_;
  OperatorSettings settings_;
  NumberInput numbers_;
  std::string problem_, note_;
};

}  // namespace kiln::editor
