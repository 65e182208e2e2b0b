layout(location = 0) in vec3 position;
layout(location = 1) in vec4 normal;
layout(location = 2) in vec4 painted;  // where the mesh is drawn with what is painted on it
layout(location = 3) in vec2 uv;
uniform int first_instance;
uniform int part;
uniform bool is_flat;
uniform mat4 shadow_projection;
out vec3 view_position;
out vec3 view_normal;
out vec4 shadow_place;
flat out uint id;
flat out vec3 color;
out vec3 paint;
out vec2 surface_uv;
flat out float own_alpha;
flat out uint is_mirrored;
out float gl_ClipDistance[6];

void main() {
  Instance instance = instances[first_instance + gl_InstanceID];
  vec4 world = instance.world * vec4(position, 1.0);
  view_position = (view * world).xyz;
  gl_Position = view_projection * world;
  if (has_clip_planes) {
    for (int i = 0; i < 6; ++i) {
      gl_ClipDistance[i] = clip_distance(i, world.xyz);
    }
  }
  shadow_place = shadow_projection * world;
  if (!is_flat) {
    // The cofactor matrix turns normals as the inverse transpose does, mirrored and flattened objects included.
    mat3 m = mat3(instance.world);
    mat3 cofactor = mat3(cross(m[1], m[2]), cross(m[2], m[0]), cross(m[0], m[1]));
    view_normal = mat3(view) * (cofactor * normal.xyz);
  } else {
    view_normal = vec3(0.0);
  }
  id = instance.facts.x;
  is_mirrored = instance.facts.z;
  vec4 own = unpackUnorm4x8(colors[int(instance.facts.y) + 1 + part]);
  color = own.rgb;
  own_alpha = own.a;
  paint = painted.rgb;
  surface_uv = uv;
}
