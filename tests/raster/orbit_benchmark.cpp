// Time of a frame while orbiting, with the picture read back: `raster_benchmark`, not a part of the
// tests.
#include <benchmark/benchmark.h>

#include "document/collection.h"
#include "document/project.h"
#include "document/register.h"
#include "document/scene.h"
#include "evaluation/evaluator.h"
#include "modeling/modifiers/register.h"
#include "render/raster/offscreen.h"
#include "render/raster/view_renderer.h"

namespace kiln::render::raster {
namespace {

constexpr int width = 1080, height = 690;  // a viewport in a window of 1440 x 900

// A wavy grid of `side` squared quads.
Mesh grid(int side) {
  std::vector<float3> positions;
  std::vector<int> offsets{0}, corners;
  for (int y = 0; y <= side; ++y) {
    for (int x = 0; x <= side; ++x) {
      const float u = float(x) / float(side) * 8.0f - 4.0f,
                  v = float(y) / float(side) * 8.0f - 4.0f;
      positions.push_back({u, v, 0.5f * std::sin(2.0f * u) * std::cos(2.0f * v)});
    }
  }
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const int a = y * (side + 1) + x;
      corners.insert(corners.end(), {a, a + 1, a + side + 2, a + side + 1});
      offsets.push_back(int(corners.size()));
    }
  }
  Mesh mesh;
  mesh.set_positions(Array<float3>(std::move(positions)));
  mesh.set_topology({}, Array<int>(std::move(offsets)), Array<int>(std::move(corners)));
  return mesh;
}

void orbit(benchmark::State& state, const Document& document, const ViewLook& look = {}) {
  Result<std::unique_ptr<OffscreenContext>> context = OffscreenContext::create(width, height);
  if (!context) {
    state.SkipWithError(context.error().message.c_str());
    return;
  }
  evaluation::Evaluator evaluator;
  Progress progress;
  const Scene& scene = *active_scene(document);
  const auto evaluated = evaluator.evaluate(document, scene.id, scene.view_layers[0].name, 1.0f,
                                            evaluation::Purpose::Viewport, progress);
  const auto list = std::make_shared<const DrawList>(make_draw_list(evaluated, document, look));
  ViewRenderer renderer(std::make_shared<GpuStore>(std::make_shared<GeometryCache>()));
  ViewCamera camera;
  camera.projection = perspective(0.72f, 0.72f * height / width, 0.1f, 1000.0f);
  float angle = 0.0f;
  for (auto _ : state) {
    angle += 0.05f;
    const float3x3 turn = euler_to_matrix({1.1f, 0.0f, angle});
    camera.view = inverse(to_float4x4(turn, turn * float3{0, 0, 9}));
    benchmark::DoNotOptimize(
        renderer.draw(list, camera, look, width, height, (*context)->framebuffer()));
    benchmark::DoNotOptimize((*context)->read_pixels());
  }
}

Document start() {
  static Registry registry;
  if (registry.all().empty()) {
    register_document_types(registry);
    modeling::register_modifiers(registry);
  }
  return make_startup_document(registry);
}

void million_triangles(benchmark::State& state) {
  Document document = start();
  const BlockId mesh = document.all(BlockType::Mesh)[0];
  auto& edited = document.edit<Mesh>(mesh);
  Mesh shape = grid(707);
  edited.replace_geometry(shape.positions(), shape.edges(), shape.face_offsets(),
                          shape.corner_vertices(), shape.corner_edges());
  edited.attributes = {};
  orbit(state, document);
}

// Cubes in a square; `is_shared`: all of one mesh, else each with its own.
void ten_thousand_objects(benchmark::State& state) {
  Document document = start();
  const bool is_shared = state.range(0) != 0;
  const BlockId mesh = document.all(BlockType::Mesh)[0];
  std::vector<BlockRef<Object>> made;
  for (int i = 0; i < 10000; ++i) {
    BlockId data = mesh;
    if (!is_shared) {
      data = document.duplicate(mesh);
      document.edit<Mesh>(data).edit_positions()[0].x -= 1e-4f * float(i);
    }
    auto& object = document.add<Object>("Cube");
    object.data = {data};
    object.location = {float(i % 100) * 0.16f - 8.0f, float(i / 100) * 0.16f - 8.0f, 0.0f};
    object.scale = {0.05f, 0.05f, 0.05f};
    made.push_back({object.id});
  }
  auto& objects =
      document.edit<Collection>(document.named(BlockType::Collection, "Collection")).objects;
  for (const BlockRef<Object> object : made) {
    objects.push_back(object);
  }
  orbit(state, document);
}

// The start-up scene: what a view costs with nothing in it, step by step.
void start_scene(benchmark::State& state) {
  ViewLook look;
  look.has_antialiasing = state.range(0) < 1;
  look.overlay.show_overlays = state.range(0) < 2;
  look.shading.show_object_outline = state.range(0) < 3;
  orbit(state, start(), look);
}

BENCHMARK(start_scene)->DenseRange(0, 3)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(million_triangles)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(ten_thousand_objects)->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace kiln::render::raster

BENCHMARK_MAIN();
