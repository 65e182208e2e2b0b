#include "document/mesh.h"
#include "modeling/primitives.h"
#include "render/raster/geometry.h"
#include "support.h"

namespace kiln::render::raster {
namespace {

TEST(SharpEdges, OfACubeAreShownWithAnyThreshold) {
  Registry registry;
  register_document_types(registry);
  const Document document = make_startup_document(registry);
  const Mesh& cube = *document.find<Mesh>(document.all(BlockType::Mesh)[0]);

  const SharpEdges edges = make_sharp_edges(cube);

  EXPECT_EQ(edges.edges.size(), 24u);
  EXPECT_EQ(edges.count_for(1.0f), 12u);
  EXPECT_EQ(edges.count_for(0.0f), 12u);
}

TEST(SharpEdges, BetweenFacesOfOnePlaneNeedAThresholdOfOne) {
  const Mesh plane = modeling::grid(2, 2, 2.0f);

  const SharpEdges edges = make_sharp_edges(plane);

  // Four inside, eight at the border.
  EXPECT_EQ(edges.count_for(1.0f), 12u);
  EXPECT_EQ(edges.count_for(0.99f), 8u);
}

// Scene seen from the front: a plane that faces it, four faces.
class Wires : public View {
protected:
  Wires() {
    look_.shading.type = ViewShadingType::Wireframe;
    look_.overlay.show_ortho_grid = look_.overlay.show_extras = look_.overlay.show_cursor = false;
    look_.has_antialiasing = false;
    look_.wire = {1, 1, 1, 1};
    Object& cube = document_.edit<Object>(named("Cube"));
    cube.rotation_euler.x = 1.5707964f;
    document_.edit<Mesh>(cube.data.id).take_geometry(modeling::grid(2, 2, 2.0f));
    select({});
  }
  bool shows_inner_edge() {
    const std::vector<std::uint8_t> pixels = draw();
    bool found = false;
    for (int x = 96; x < 104; ++x) {
      found = found || pixel(pixels, x, 110)[0] > 200;
    }
    return found;
  }
};

TEST_F(Wires, OfOnePlaneAreHiddenBelowTheThreshold) {
  EXPECT_TRUE(shows_inner_edge());

  look_.overlay.wireframe_threshold = 0.9f;

  EXPECT_FALSE(shows_inner_edge());
}

TEST_F(Wires, OfObjectsWithAllEdgesHaveNoThreshold) {
  look_.overlay.wireframe_threshold = 0.9f;
  document_.edit<Object>(named("Cube")).show_all_edges = true;

  EXPECT_TRUE(shows_inner_edge());
}

}  // namespace
}  // namespace kiln::render::raster
