// What pixels belong to, for pictures that were made elsewhere.
in vec3 view_position;
in vec3 view_normal;
flat in uint id;
uniform bool is_flat;
layout(location = 0) out vec4 out_color;
layout(location = 1) out uvec2 out_facts;

void main() {
  vec3 n = is_flat ? cross(dFdx(view_position), dFdy(view_position)) : view_normal;
  out_color = vec4(0.0);
  out_facts = uvec2(id, pack_normal(normalize(n)));
}
