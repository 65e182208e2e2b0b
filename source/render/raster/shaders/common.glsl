// Shared by all programs. Matrices of instances are columns, as GLSL has them.
struct Instance {
  mat4 world;
  uvec4 facts;  // number of the object | like the background << 28 | faded << 29 | selected << 30 | active << 31, first color (edges, then materials), mirrored, unused
};
layout(std430, binding = 0) readonly buffer Instances { Instance instances[]; };
layout(std430, binding = 1) readonly buffer Colors { uint colors[]; };

uniform mat4 view;
uniform mat4 view_projection;
uniform vec2 viewport;  // pixels

// Only what is on the positive side of all of them is shown, where there are any.
uniform vec4 clip_planes[6];
float clip_distance(int plane, vec3 world) {
  return dot(clip_planes[plane].xyz, world) + clip_planes[plane].w;
}

uint pack_normal(vec3 n) {
  uvec3 q = uvec3(clamp(n * 0.5 + 0.5, 0.0, 1.0) * 1023.0 + 0.5);
  return q.x | (q.y << 10) | (q.z << 20);
}
vec3 unpack_normal(uint p) {
  return vec3(p & 1023u, (p >> 10) & 1023u, (p >> 20) & 1023u) / 1023.0 * 2.0 - 1.0;
}
