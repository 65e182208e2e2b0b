in vec3 view_position;
in vec3 view_normal;
flat in uint id;
flat in vec3 color;
uniform bool is_flat;
uniform bool is_perspective;
layout(location = 0) out vec4 out_color;
layout(location = 1) out uvec2 out_facts;

// Studio light: a warm key, a cool fill and a rim, fixed to the camera.
const vec3 directions[3] = vec3[3](normalize(vec3(-0.45, 0.62, 0.64)), normalize(vec3(0.80, 0.10, 0.55)), normalize(vec3(0.10, -0.75, -0.35)));
const vec3 lights[3] = vec3[3](vec3(0.78, 0.76, 0.73), vec3(0.26, 0.28, 0.32), vec3(0.16, 0.17, 0.20));

void main() {
  vec3 n = is_flat ? cross(dFdx(view_position), dFdy(view_position)) : view_normal;
  n = normalize(n);
  vec3 to_eye = is_perspective ? normalize(-view_position) : vec3(0.0, 0.0, 1.0);
  if (dot(n, to_eye) < 0.0) {
    n = -n;
  }
  vec3 diffuse = vec3(0.20, 0.205, 0.22) * (0.65 + 0.35 * n.y);
  float specular = 0.0;
  for (int i = 0; i < 3; ++i) {
    // Wrapped a little, so that no side goes black.
    diffuse += lights[i] * max(0.0, (dot(n, directions[i]) + 0.18) / 1.18);
    vec3 h = normalize(directions[i] + to_eye);
    specular += lights[i].x * pow(max(0.0, dot(n, h)), 28.0);
  }
  // Colors are display-referred: light is mixed in linear terms.
  vec3 linear = pow(color, vec3(2.2)) * diffuse + vec3(0.05) * specular;
  out_color = vec4(pow(linear, vec3(1.0 / 2.2)), 1.0);
  out_facts = uvec2(id, pack_normal(n));
}
