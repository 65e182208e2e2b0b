#include "render/pathtracer/tiles.h"

namespace kiln::render {

std::vector<Tile> make_tiles(int width, int height) {
  std::vector<Tile> tiles;
  for (int y = 0; y < height; y += tile_size) {
    for (int x = 0; x < width; x += tile_size) {
      tiles.push_back({x, y, std::min(x + tile_size, width), std::min(y + tile_size, height)});
    }
  }
  return tiles;
}

}  // namespace kiln::render
