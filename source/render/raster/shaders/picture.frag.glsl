// Constants: has_picture.
in vec2 place;
uniform sampler2D picture;
uniform float alpha;
uniform vec4 frame;         // color of the border; alpha 0: none
uniform float clip_alpha;     // less is not seen
uniform float frame_width;  // pixels
layout(location = 0) out vec4 out_color;  // premultiplied

void main() {
  vec4 color = has_picture ? texture(picture, place) * alpha : vec4(0.0);
  vec2 inside = min(place, 1.0 - place) / max(fwidth(place), vec2(1e-7));
  float border = clamp(frame_width + 0.5 - min(inside.x, inside.y), 0.0, 1.0) * frame.a;
  color = color * (1.0 - border) + vec4(frame.rgb, 1.0) * border;
  if (color.a < max(clip_alpha, 0.0001)) {
    discard;
  }
  out_color = color;
}
