#pragma once

#include <optional>
#include <string>

#include "editor/session/session.h"
#include "editor/view3d/navigation.h"
#include "editor/view3d/number_input.h"
#include "editor/view3d/snapping.h"
#include "editor/view3d/transform_frame.h"

namespace kiln::editor {

enum class TransformMode { Move, Rotate, Scale };

/// Moves, turns or scales what is selected (objects, or vertices in edit mode) while the mouse
/// moves: a state that takes events and edits the document; what is kept in the end is one undo
/// step and, of objects, one operator that does the same. Pivot, orientation and snapping are those
/// of the scene's tool settings. Knows nothing of windows.
class TransformTool {
public:
  /// Nothing can be done without a selection: `is_active` is then false. `axis_mask`: axes that may
  /// change from the start, 0 for all.
  TransformTool(Session& session, TransformMode mode, const render::raster::ViewCamera& camera,
                int width, int height, float2 mouse, int axis_mask = 0);

  bool is_active() const { return is_active_; }
  TransformMode mode() const { return mode_; }
  /// `snaps`: turns snapping on, or off where the tool settings have it on. `is_precise`: a tenth
  /// of the movement.
  void mouse_moved(float2 mouse, bool snaps, bool is_precise);
  /// Axis keys, numbers, and G, R, S to change what is done. True when the key was meant for the
  /// tool.
  bool key(const KeyStroke& stroke, const std::string& text);
  /// Changes the reach of proportional editing; false where it is off.
  bool wheel(int steps);
  void confirm();
  void cancel();
  /// Reach of proportional editing, world space; 0: it is off.
  float reach() const { return proportional_.is_on ? proportional_.size : 0.0f; }
  /// Keeps to the normal of what is selected, as after extruding.
  void keep_to_normal();

  /// "Move X: 2.5 m along global X".
  std::string status() const;
  /// Axes that are kept, as lines through the pivot to be drawn: bit i of the mask for axis i; 0:
  /// free.
  int axis_mask() const { return axis_mask_; }
  float3x3 axes() const;
  float3 pivot() const { return frame_.center.pivot; }
  /// What is snapped to now, for drawing.
  const std::optional<SnapHit>& snapped_to() const { return snap_; }

private:
  void update();
  void remake_target();
  void add_proportional_settings(OperatorSettings& out) const;
  float3 mouse_offset() const;
  float3 view_z() const;
  float3 snap_source(float3 target) const;
  bool snaps_increments(bool is_on_for_mode) const;
  /// Puts everything that was moved onto surfaces by itself, where the tool settings ask for it.
  void put_onto_surfaces(Document& document, const ToolSettings& tools, bool is_on_for_mode) const;
  std::string orientation() const;
  OperatorSettings settings() const;

  Session& session_;
  TransformMode mode_;
  render::raster::ViewCamera camera_;
  int width_, height_;
  float2 start_, mouse_;
  float2 effective_;  ///< the mouse with precise movement taken into account
  bool toggles_snap_ = false, is_precise_ = false;
  bool is_active_ = false;
  operators::Proportional proportional_;
  std::unique_ptr<TransformTarget> target_;
  std::vector<float3> places_;  ///< of what is moved, at the start
  Document before_;
  TransformFrame frame_;
  TransformOrientation other_orientation_;  ///< that the same key twice changes to
  float3x3 other_axes_;
  SnapFinder snapper_;
  std::optional<SnapHit> snap_;
  int axis_mask_ = 0;      ///< axes that may change; 0: all
  bool is_other_ = false;  ///< axes are those of the other orientation
  NumberInput numbers_;
  // What is applied now.
  float3 offset_, factors_{1, 1, 1};
  float angle_ = 0.0f, turned_ = 0.0f, last_mouse_angle_ = 0.0f;
};

}  // namespace kiln::editor
