#pragma once

#include <gtest/gtest.h>

#include "document/collection.h"
#include "document/project.h"
#include "document/register.h"
#include "document/scene.h"
#include "evaluation/evaluator.h"
#include "modeling/modifiers/register.h"
#include "render/raster/offscreen.h"
#include "render/raster/view_renderer.h"

namespace kiln::render::raster {

inline constexpr int size = 200;

/// The start-up scene seen from (0, -10, 0) along +Y, 8 units wide.
class View : public testing::Test {
protected:
  View() {
    register_document_types(registry_);
    modeling::register_modifiers(registry_);
    document_ = make_startup_document(registry_);
    camera_.is_perspective = false;
    camera_.view = {};
    camera_.view[0] = {1, 0, 0, 0};
    camera_.view[1] = {0, 0, 1, 0};
    camera_.view[2] = {0, -1, 0, -10};
    camera_.projection = orthographic(4, 4, 0.1f, 100.0f);
  }
  void SetUp() override {
    Result<std::unique_ptr<OffscreenContext>> context = OffscreenContext::create(size, size);
    if (!context) {
      GTEST_SKIP() << context.error().message;
    }
    context_ = std::move(*context);
    store_ = std::make_shared<GpuStore>(std::make_shared<GeometryCache>());
    renderer_ = std::make_unique<ViewRenderer>(store_);
  }
  std::shared_ptr<const DrawList> list() {
    Progress progress;
    const Scene& scene = *active_scene(document_);
    auto evaluated = evaluator_.evaluate(document_, scene.id, scene.view_layers[0].name, 1.0f,
                                         evaluation::Purpose::Viewport, progress);
    return std::make_shared<const DrawList>(
        make_draw_list(evaluated, document_, look_, nullptr, find_picture_));
  }
  std::vector<std::uint8_t> draw(std::shared_ptr<const ViewPicture> picture = nullptr) {
    const Result<void> drawn = renderer_->draw(list(), camera_, look_, size, size,
                                               context_->framebuffer(), std::move(picture));
    EXPECT_TRUE(bool(drawn)) << (drawn ? "" : drawn.error().message);
    return context_->read_pixels();
  }
  static std::array<int, 3> pixel(const std::vector<std::uint8_t>& pixels, int x, int y) {
    const std::size_t at = (std::size_t(y) * size + std::size_t(x)) * 4;
    return {pixels[at], pixels[at + 1], pixels[at + 2]};
  }
  BlockId named(const char* name) const { return document_.named(BlockType::Object, name); }
  void select(std::initializer_list<const char*> names) {
    ViewLayer& layer =
        document_.edit<Scene>(active_scene(document_)->id, Change::Selection).view_layers.edit(0);
    layer.selected = {};
    for (const char* name : names) {
      layer.set_selected(named(name), true);
      layer.active = {named(name)};
    }
  }
  /// A copy of the cube elsewhere.
  BlockId add_cube(float3 location) {
    Object& copy = document_.edit<Object>(document_.duplicate(named("Cube")));
    copy.location = location;
    const BlockId id = copy.id;
    document_.edit<Collection>(document_.named(BlockType::Collection, "Collection"))
        .objects.push_back({id});
    return id;
  }
  BlockId object_of(const DrawList& drawn, std::uint32_t number) const {
    return drawn.objects[number - 1];
  }

  Registry registry_;
  Document document_;
  evaluation::Evaluator evaluator_;
  ViewCamera camera_;
  ViewLook look_;
  FindPicture find_picture_;
  std::unique_ptr<OffscreenContext> context_;
  std::shared_ptr<GpuStore> store_;
  std::unique_ptr<ViewRenderer> renderer_;
};

}  // namespace kiln::render::raster
