// What the view keeps to, and the parts of it that are rendered or seen.
#include <QOpenGLFramebufferObject>
#include <cmath>

#include "document/scene.h"
#include "editor/preferences/current.h"
#include "editor/view3d/viewport.h"
#include "evaluation/evaluator.h"
#include "operators/picture_settings.h"

namespace kiln::editor {
namespace {

using render::raster::ViewCamera;
using render::raster::ViewPicture;

// The part of a view as a view of its own.
ViewCamera cropped(const ViewCamera& camera, const float4& border) {
  const float2 middle{border.x + border.z - 1.0f, border.y + border.w - 1.0f};
  const float2 half{std::max(border.z - border.x, 1e-4f), std::max(border.w - border.y, 1e-4f)};
  ViewCamera out = camera;
  for (int i = 0; i < 4; ++i) {
    out.projection[0][i] = (camera.projection[0][i] - middle.x * camera.projection[3][i]) / half.x;
    out.projection[1][i] = (camera.projection[1][i] - middle.y * camera.projection[3][i]) / half.y;
  }
  return out;
}

// The same place and directions without scale.
float4x4 unscaled(const float4x4& m) {
  return compose(translation(m), rotation_part(m), {1, 1, 1});
}

// The last of the chain of parents: the object itself where it has none.
const Object& uppermost_parent(const Document& document, const Object& object) {
  const Object* top = &object;
  // A chain longer than there are blocks has a cycle, which a damaged file may hold.
  for (std::size_t steps = document.block_count(); steps > 0; --steps) {
    const Object* parent = document.find(top->parent);
    if (!parent) {
      break;
    }
    top = parent;
  }
  return *top;
}

}  // namespace

const Object* Viewport::looked_through() const {
  const Session& session = context_.session;
  const Object* own =
      options.use_local_camera ? session.document().find<Object>(options.camera) : nullptr;
  return own ? own : session.scene() ? session.document().find(session.scene()->camera) : nullptr;
}

void Viewport::navigate(const std::function<void(Navigation&)>& change) {
  const Object* camera_object =
      navigation_.is_camera() && options.lock_camera ? looked_through() : nullptr;
  if (!camera_object) {
    change(navigation_);
    return;
  }
  Navigation moved = navigation_;
  moved.look_from(inverse(camera().view));
  change(moved);
  const float4x4 place = moved.place();
  const BlockId id = camera_object->id;
  context_.session.edit(
      "Move Camera",
      [&](Document& document) -> Result<void> {
        const Object& camera_now = *document.find<Object>(id);
        // Along with its parents, or by itself.
        const Object& object =
            camera_now.use_camera_lock_parent ? uppermost_parent(document, camera_now) : camera_now;
        const float4x4 world = evaluation::Evaluator::world_matrix(document, object);
        if (object.id != id) {
          const float4x4 step =
              place * inverse(unscaled(evaluation::Evaluator::world_matrix(document, camera_now)));
          const float4x4 local = object.local_matrix() * inverse(world) * step * world;
          Object& edited = document.edit<Object>(object.id, Change::Transform);
          const float3 scale = edited.scale;
          edited.set_local_matrix(local);
          edited.scale = scale;
          return {};
        }
        const float4x4 to_local = object.local_matrix() * inverse(world);
        Object& edited = document.edit<Object>(id, Change::Transform);
        const float3 scale = edited.scale;
        edited.set_local_matrix(to_local * place);
        edited.scale = scale;
        return {};
      },
      camera_key_);
  navigation_.set_view(moved.pivot(), moved.turn(), moved.distance(), navigation_.is_perspective(),
                       /*is_camera=*/true);
}

void Viewport::follow_locks() {
  const Session& session = context_.session;
  navigation_.own_camera = options.use_local_camera ? options.camera : BlockId{};
  if (options.lock_cursor && session.scene()) {
    navigation_.set_pivot(session.scene()->cursor.location + options.lock_offset);
  } else if (const evaluation::EvaluatedObject* object =
                 options.lock_object && session.evaluated()
                     ? session.evaluated()->find(options.lock_object)
                     : nullptr) {
    navigation_.set_pivot(translation(object->world_matrix));
  }
}

std::optional<float4> Viewport::render_border() const {
  const Scene* scene = context_.session.scene();
  const std::optional<float4> frame =
      navigation_.camera_frame(width(), height(), context_.session.evaluated().get());
  if (frame && scene) {
    const kiln::RenderSettings& render = scene->render;
    if (!render.use_border) {
      return std::nullopt;
    }
    const float w = float(std::max(1, width())), h = float(std::max(1, height()));
    const float left = frame->x / w, bottom = 1.0f - (frame->y + frame->w) / h;
    const float4 border{
        left + render.border_min_x * frame->z / w, bottom + render.border_min_y * frame->w / h,
        left + render.border_max_x * frame->z / w, bottom + render.border_max_y * frame->w / h};
    const auto inside = [](float v) { return std::clamp(v, 0.0f, 1.0f); };
    return float4{inside(border.x), inside(border.y), inside(border.z), inside(border.w)};
  }
  return options.use_render_border ? std::optional(options.render_border) : std::nullopt;
}

void Viewport::set_render_border(QRectF box) {
  box = box.intersected(QRectF(rect()));
  if (box.width() < 4 || box.height() < 4) {
    return;
  }
  const Scene* scene = context_.session.scene();
  QRectF all(rect());
  const std::optional<float4> frame =
      navigation_.camera_frame(width(), height(), context_.session.evaluated().get());
  if (frame) {
    all = QRectF(frame->x, frame->y, frame->z, frame->w);
    box = box.intersected(all);
  }
  const auto share = [&](double x, double y) {
    return float2{std::clamp(float((x - all.left()) / all.width()), 0.0f, 1.0f),
                  std::clamp(float((all.bottom() - y) / all.height()), 0.0f, 1.0f)};
  };
  const float2 low = share(box.left(), box.bottom()), high = share(box.right(), box.top());
  if (!frame || !scene) {
    options.use_render_border = true;
    options.render_border = {low.x, low.y, high.x, high.y};
    return;
  }
  context_.session.edit("Set Render Region", [&](Document& document) -> Result<void> {
    kiln::RenderSettings& render = document.edit<Scene>(scene->id, Change::Settings).render;
    render.use_border = true;
    render.border_min_x = low.x;
    render.border_min_y = low.y;
    render.border_max_x = high.x;
    render.border_max_y = high.y;
    return {};
  });
}

void Viewport::clear_render_border() {
  options.use_render_border = false;
  options.render_border = {0, 0, 1, 1};
  const Scene* scene = context_.session.scene();
  if (navigation_.is_camera() && scene && scene->render.use_border) {
    context_.session.edit("Clear Render Region", [&](Document& document) -> Result<void> {
      document.edit<Scene>(scene->id, Change::Settings).render.use_border = false;
      return {};
    });
  }
}

// Planes through the sides of a box of the view.
void Viewport::set_clip_box(QRectF box) {
  if (box.width() < 4 || box.height() < 4) {
    return;
  }
  const ViewCamera view = camera();
  const auto ray = [&](QPointF at) {
    return ray_at(view, width(), height(), {float(at.x()), float(at.y())});
  };
  const QPointF corners[4] = {box.bottomLeft(), box.bottomRight(), box.topRight(), box.topLeft()};
  const Ray middle = ray(box.center());
  std::array<float4, 6> planes{};
  for (int i = 0; i < 4; ++i) {
    const Ray a = ray(corners[i]), b = ray(corners[(i + 1) % 4]);
    float3 normal = normalize(cross(b.origin + b.direction - a.origin, a.direction));
    const float3 inside = middle.origin + middle.direction;
    normal = dot(normal, inside - a.origin) < 0.0f ? -normal : normal;
    planes[std::size_t(i)] = {normal.x, normal.y, normal.z, -dot(normal, a.origin)};
  }
  // The other two leave everything in.
  planes[4] = planes[5] = {0, 0, 0, 1};
  look_.clip_planes = planes;
}

std::shared_ptr<const ViewPicture> Viewport::live_picture() {
  std::shared_ptr<const ViewPicture> picture = live_ ? live_->picture() : nullptr;
  const std::optional<float4> border = render_border();
  if (!picture || !border) {
    placed_picture_.reset();
    placed_from_.reset();
    return picture;
  }
  if (picture == placed_from_ && *border == placed_border_) {
    return placed_picture_;
  }
  // As large as the view, empty but for the part.
  const double ratio = devicePixelRatioF();
  auto whole = std::make_shared<ViewPicture>();
  whole->width = std::max(1, int(width() * ratio));
  whole->height = std::max(1, int(height() * ratio));
  whole->bytes.assign(std::size_t(whole->width) * std::size_t(whole->height) * 4, 0);
  const int x0 = int(border->x * float(whole->width)), x1 = int(border->z * float(whole->width)),
            y0 = int(border->y * float(whole->height)), y1 = int(border->w * float(whole->height));
  for (int y = y0; y < y1; ++y) {
    const int from_y = (y - y0) * picture->height / std::max(1, y1 - y0);
    for (int x = x0; x < x1; ++x) {
      const int from_x = (x - x0) * picture->width / std::max(1, x1 - x0);
      const std::size_t to = (std::size_t(y) * std::size_t(whole->width) + std::size_t(x)) * 4,
                        from = (std::size_t(from_y) * std::size_t(picture->width) +
                                std::size_t(from_x)) *
                               4;
      std::copy_n(picture->bytes.begin() + std::ptrdiff_t(from), 4,
                  whole->bytes.begin() + std::ptrdiff_t(to));
    }
  }
  placed_from_ = picture;
  placed_border_ = *border;
  placed_picture_ = std::move(whole);
  return placed_picture_;
}

// Keeps the live picture looking where the view looks; it works only while it is shown.
void Viewport::follow_live_picture() {
  const View3DShading& shading = look_.shading;
  if (!shading.is_traced()) {
    end_live_picture();
    return;
  }
  if (!live_) {
    live_ = std::make_unique<LiveRender>(context_.session, [this] { update(); });
  }
  if (!live_scene_) {
    offer_scene();
  }
  const double ratio = devicePixelRatioF();
  const auto& evaluated = context_.session.evaluated();
  const float4 border = render_border().value_or(float4{0, 0, 1, 1});
  LiveView view;
  view.camera = cropped(camera(), border);
  view.width = std::max(1, int(width() * ratio * double(border.z - border.x)));
  view.height = std::max(1, int(height() * ratio * double(border.w - border.y)));
  view.is_scene_camera = navigation_.camera_frame(width(), height(), evaluated.get()).has_value() &&
                         !options.use_local_camera;
  const bool is_material = shading.type == ViewShadingType::Material;
  view.has_scene_lights = is_material ? shading.use_scene_lights : shading.use_scene_lights_render;
  view.has_scene_world = is_material ? shading.use_scene_world : shading.use_scene_world_render;
  if (const StudioWorld world = studio_world()) {
    view.studio = world;
    view.studio_rotation = studio_rotation();
    view.studio_strength = shading.studiolight_intensity;
  }
  view.hidden_kinds = look_.hidden_kinds;
  if (!is_material) {
    view.pass = shading.cycles.render_pass;
    view.marks_active_pixels = shading.cycles.show_active_pixels;
  }
  live_->set_view(view);
}

// The world that lights the view in place of the scene's, if any.
StudioWorld Viewport::studio_world() {
  const View3DShading& shading = look_.shading;
  const bool is_material = shading.type == ViewShadingType::Material;
  if (!is_material || (shading.use_scene_lights && shading.use_scene_world)) {
    return nullptr;
  }
  const Preferences& chosen = current_preferences(context_.session);
  return studio_pictures_.world(chosen.studio_light(StudioLightType::World, shading.studio_world));
}

float Viewport::studio_rotation() const {
  const View3DShading& shading = look_.shading;
  if (shading.use_studiolight_view_rotation) {
    return shading.studiolight_rotate_z;
  }
  // It stands as the view does.
  const float4 right = camera().view[0];
  return shading.studiolight_rotate_z + std::atan2(right.y, right.x);
}

void Viewport::follow_studio_light() {
  const View3DShading& shading = look_.shading;
  const Preferences& chosen = current_preferences(context_.session);
  look_.matcap = nullptr;
  look_.surroundings = nullptr;
  look_.lamps.reset();
  if (shading.type == ViewShadingType::Solid && shading.light == ViewShadingLight::Matcap) {
    look_.matcap =
        studio_pictures_.matcap(chosen.studio_light(StudioLightType::Matcap, shading.matcap));
  } else if (shading.type == ViewShadingType::Solid) {
    StudioLight light = chosen.studio_light(StudioLightType::Studio, shading.studio_light);
    if (chosen.system.use_studio_light_edit) {
      light.solid_lights = chosen.system.solid_lights;
      light.sky = light.ground = chosen.system.light_ambient;
    }
    look_.lamps = render::raster::studio_lamps(light);
  } else if (const StudioWorld world = studio_world();
             world && !shading.use_scene_world && shading.studiolight_background_alpha > 0.0f) {
    if (const Scene* scene = context_.session.scene()) {
      look_.surroundings = studio_pictures_.surroundings(
          world, shading.studiolight_background_blur, shading.studiolight_intensity,
          operators::view_settings(scene->view_settings, scene->display_settings));
      look_.surroundings_turn = studio_rotation();
    }
  }
}

QImage Viewport::picture_from_camera(int edge) {
  if (!renderer_ || !list_) {
    return {};
  }
  makeCurrent();
  Navigation through = navigation_;
  if (!through.is_camera()) {
    through.toggle_camera();
  }
  through.own_camera = {};
  through.fit_camera();
  render::raster::ViewLook plain = look_;
  plain.overlay.show_overlays = false;
  plain.samples = 1;
  QImage picture;
  {
    QOpenGLFramebufferObject target(edge, edge);
    if (renderer_->draw(list_, through.camera(edge, edge, context_.session.evaluated().get()),
                        plain, edge, edge, target.handle())) {
      picture = target.toImage();
    }
  }
  doneCurrent();
  update();
  return picture;
}

void Viewport::end_live_picture() {
  if (live_scene_) {
    live_->pause();
    live_scene_.reset();
  }
}

bool Viewport::run_view_command(const std::string& command) {
  if (command == "view3d.view_center_camera") {
    navigation_.fit_camera();
  } else if (command == "view3d.render_border") {
    is_box_pending_ = true;
    box_use_ = Drag::RenderBorder;
  } else if (command == "view3d.clear_render_border") {
    clear_render_border();
  } else if (command == "view3d.clip_border") {
    if (look_.clip_planes) {
      look_.clip_planes.reset();
    } else {
      is_box_pending_ = true;
      box_use_ = Drag::ClipBox;
    }
  } else if (command == "view3d.toggle_camera_lock") {
    options.lock_camera = !options.lock_camera;
  } else if (command == "view3d.toggle_rotation_lock") {
    navigation_.is_rotation_locked = !navigation_.is_rotation_locked;
  } else if (command == "view3d.view_lock_to_active") {
    const Object* active = context_.session.active_object();
    options.lock_object = active ? active->id : BlockId{};
  } else if (command == "view3d.view_lock_clear") {
    options.lock_object = {};
    options.lock_cursor = false;
    options.lock_offset = {};
  } else {
    return false;
  }
  context_.hint_changed.emit(hint());
  return true;
}

}  // namespace kiln::editor
