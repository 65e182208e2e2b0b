#pragma once

#include <map>
#include <memory>

#include "document/studio_light.h"
#include "editor/session/background_task.h"
#include "editor/session/session.h"
#include "editor/session/signal.h"
#include "image/color_management.h"
#include "render/raster/placed_picture.h"
#include "render/shading/texture_image.h"

namespace kiln::editor {

/// Everything around a studio as longitudes (across) and latitudes (up), scene-linear, twice as
/// wide as high.
using StudioWorld = std::shared_ptr<const render::shading::TextureImage>;

/// One of the worlds that the program makes: "Studio", "Sky", "Overcast", "Sunset", "Night"; the
/// first for an unknown name. The lamps of a studio are in it.
StudioWorld make_studio_world(const std::string& name);
/// The same world as it looks turned about Z and that much stronger.
StudioWorld turned_world(const render::shading::TextureImage& world, float radians, float strength);
/// What is seen of a world behind everything: less clear with more `blur` (0 to 1).
std::shared_ptr<const render::raster::ViewPicture> seen_world(
    const render::shading::TextureImage& world, float blur, float strength,
    const image::ColorManagement& colors, const image::ViewSettings& view);

/// The pictures of studio lights: those of files are read beside the window. Owner's thread only.
class StudioPictures {
public:
  explicit StudioPictures(const Session& session) : session_(session) {}
  ~StudioPictures() { *is_alive_ = false; }
  StudioPictures(const StudioPictures&) = delete;
  StudioPictures& operator=(const StudioPictures&) = delete;

  /// The built-in studio until the file is read (`changed` tells), and where it cannot be.
  StudioWorld world(const StudioLight& light);
  /// Null until the file is read, where it cannot be, and for built-in balls.
  std::shared_ptr<const render::raster::ViewPicture> matcap(const StudioLight& light);
  /// What `seen_world` makes of `world`, kept until something about it changes.
  std::shared_ptr<const render::raster::ViewPicture> surroundings(const StudioWorld& world,
                                                                  float blur, float strength,
                                                                  image::ViewSettings view);
  Signal<> changed;

private:
  struct File {
    StudioWorld pixels;  // null: not read yet, or not readable
  };
  StudioWorld file(const std::string& path);
  void read_next();

  const Session& session_;
  std::map<std::string, StudioWorld> built_in_;
  std::map<std::string, File> files_;
  std::vector<std::string> wanted_;
  bool is_reading_ = false;
  std::map<std::string, std::shared_ptr<const render::raster::ViewPicture>> matcaps_;
  struct Seen {
    StudioWorld world;
    float blur = 0.0f, strength = 0.0f;
    image::ViewSettings view;
    std::shared_ptr<const render::raster::ViewPicture> picture;
  } seen_;
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
  LatestWorker worker_;
};

}  // namespace kiln::editor
