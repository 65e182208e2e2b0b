#include "render/pathtracer/tiles.h"

namespace kiln::render {

std::vector<Tile> make_tiles(int width, int height, const PixelRect& part) {
  const PixelRect all = part.is_empty() ? PixelRect{0, 0, width, height} : part;
  std::vector<Tile> tiles;
  for (int y = all.y0; y < all.y1; y += tile_size) {
    for (int x = all.x0; x < all.x1; x += tile_size) {
      tiles.push_back({x, y, std::min(x + tile_size, all.x1), std::min(y + tile_size, all.y1)});
    }
  }
  return tiles;
}

}  // namespace kiln::render
