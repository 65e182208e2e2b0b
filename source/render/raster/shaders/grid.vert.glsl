// Where the rays of a view enter and leave it: both change evenly over the picture.
uniform mat4 inverse_view_projection;
out vec3 ray_start;
out vec3 ray_end;

void main() {
  vec2 uv = vec2(gl_VertexID == 1 ? 2.0 : 0.0, gl_VertexID == 2 ? 2.0 : 0.0);
  gl_Position = vec4(uv * 2.0 - 1.0, 0.0, 1.0);
  vec4 a = inverse_view_projection * vec4(uv * 2.0 - 1.0, -1.0, 1.0);
  vec4 b = inverse_view_projection * vec4(uv * 2.0 - 1.0, 1.0, 1.0);
  ray_start = a.xyz / a.w;
  ray_end = b.xyz / b.w;
}
