#pragma once

#include <cstdint>

namespace kiln::modeling {

inline constexpr int monkey_vertex_count = 507, monkey_face_count = 500, monkey_corner_count = 1968;
inline constexpr int monkey_triangle_count = 32, monkey_uv_count = 556;
extern const std::int16_t monkey_positions[3 * monkey_vertex_count];  ///< in units of 1/128
extern const std::int16_t monkey_corners[monkey_corner_count];  ///< vertices of all faces in order
extern const std::int16_t
    monkey_triangles[monkey_triangle_count];  ///< faces of three corners; the others have four
extern const std::int32_t monkey_uvs[2 * monkey_uv_count];  ///< in units of 1e-6
extern const std::int16_t
    monkey_corner_uvs[monkey_corner_count];  ///< index of the UV of each corner

}  // namespace kiln::modeling
