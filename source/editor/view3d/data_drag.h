#pragma once

#include <optional>
#include <string>

#include "editor/session/session.h"
#include "editor/view3d/data_gizmos.h"

namespace kiln::editor {

/// Changes what an object holds while one of its handles is dragged: takes the mouse and edits the
/// document; what is kept in the end is one undo step. Starts from the values of when it was made,
/// so that nothing jumps towards the mouse. Knows nothing of windows.
class DataDrag {
public:
  /// `picture`: see `DataGizmos`.
  DataDrag(Session& session, const Object& object, const std::array<float3, 4>* picture,
           DataHandle handle, const render::raster::ViewCamera& camera, int width, int height,
           float2 mouse);

  const DataHandle& handle() const { return handle_; }
  /// `surface`: what is seen under the mouse, which lights are turned to. `is_precise`: a tenth of
  /// the movement.
  void mouse_moved(float2 mouse, bool is_precise, std::optional<float3> surface);
  void confirm();
  void cancel();
  /// "Spot Size: 45°".
  std::string status() const;

private:
  // A number to be written.
  struct Write {
    Handle owner;
    const Property* property = nullptr;
    Value value;
  };
  std::vector<Write> writes(float2 mouse) const;
  std::optional<float> measure(float2 mouse) const;
  std::optional<float> cone_tangent(const Ray& ray) const;
  std::optional<float> along(const Ray& ray, float3 direction) const;
  std::optional<float2> on_picture(float2 mouse) const;
  bool turn_to(std::optional<float3> surface);
  Handle data_owner(const char* member = nullptr) const;

  Session& session_;
  DataHandle handle_;
  render::raster::ViewCamera camera_;
  int width_, height_;
  float2 last_, effective_;  // the mouse, and with precise movement taken into account
  Document before_;
  BlockId object_, data_;
  float4x4 world_, matrix_;  // of the object; without scale
  std::array<float3, 4> picture_;
  std::optional<float> start_;      // what was measured where the mouse was pressed
  std::optional<float2> start_on_;  // the same on a picture
  std::vector<Write> written_;
  bool is_active_ = true, has_changed_ = false;
};

}  // namespace kiln::editor
