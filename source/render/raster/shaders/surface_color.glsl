// The color of surfaces, display-referred. For fragment shaders after solid.vert.
// Constants: color_source (0: of materials or objects, 1: an attribute, 2: a picture).
flat in vec3 color;
in vec3 paint;
in vec2 surface_uv;
uniform bool has_paint;  // this mesh has the attribute, this material the picture
uniform sampler2D surface_picture;

vec3 surface_color() {
  if (color_source == 1) {
    return has_paint ? paint : color;
  }
  if (color_source == 2) {
    return has_paint ? texture(surface_picture, surface_uv).rgb : color;
  }
  return color;
}
