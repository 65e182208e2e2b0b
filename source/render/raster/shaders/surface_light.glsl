// What light surfaces send to the eye; colors are scene-linear. For fragment shaders after solid.vert.
// Constants: lighting (0: none, 1: studio, 2: matcap), has_highlights.
in vec3 view_position;
in vec3 view_normal;
uniform bool is_flat;
uniform bool is_perspective;
uniform vec3 lamp_directions[4];
uniform vec3 lamp_colors[4];
uniform vec3 lamp_speculars[4];
uniform float lamp_wraps[4];
uniform vec3 sky;
uniform vec3 ground;
uniform vec3 up;  // of the lights, in the view
uniform float shininess;
uniform sampler2D matcap;

vec3 to_eye() { return is_perspective ? normalize(-view_position) : vec3(0.0, 0.0, 1.0); }

// Of the side that is seen.
vec3 surface_normal() {
  vec3 n = normalize(is_flat ? cross(dFdx(view_position), dFdy(view_position)) : view_normal);
  return dot(n, to_eye()) < 0.0 ? -n : n;
}

vec3 lit(vec3 n, vec3 color) {
  vec3 eye = to_eye();
  if (lighting == 1) {
    vec3 diffuse = mix(ground, sky, 0.5 + 0.5 * dot(n, up));
    vec3 specular = vec3(0.0);
    for (int i = 0; i < 4; ++i) {
      diffuse += lamp_colors[i] * max(0.0, (dot(n, lamp_directions[i]) + lamp_wraps[i]) / (1.0 + lamp_wraps[i]));
      vec3 h = normalize(lamp_directions[i] + eye);
      specular += lamp_speculars[i] * pow(max(0.0, dot(n, h)), shininess);
    }
    return color * diffuse + (has_highlights ? 0.05 * specular : vec3(0.0));
  }
  if (lighting == 2) {
    // The ball faces the eye, not the view plane, so that it stays whole at the borders of wide views.
    vec3 right = normalize(cross(vec3(0.0, 1.0, 0.0), eye));
    vec2 at = vec2(dot(right, n), dot(cross(eye, right), n));
    return pow(texture(matcap, at * 0.496 + 0.5).rgb, vec3(2.2)) * color / 0.6;
  }
  return color;
}
