// Antialiasing of the finished picture along edges of brightness. Lottes, "FXAA", NVIDIA white paper, 2009 (the short form).
in vec2 uv;
uniform sampler2D picture;
layout(location = 0) out vec4 out_color;

float brightness(vec3 c) { return dot(c, vec3(0.299, 0.587, 0.114)); }

vec3 pixel(ivec2 p) { return texelFetch(picture, clamp(p, ivec2(0), ivec2(viewport) - 1), 0).rgb; }

void main() {
  vec2 texel = 1.0 / viewport;
  vec2 at = gl_FragCoord.xy * texel;
  ivec2 p = ivec2(gl_FragCoord.xy);
  vec3 center = pixel(p);
  float nw = brightness(pixel(p + ivec2(-1, 1))), ne = brightness(pixel(p + ivec2(1, 1)));
  float sw = brightness(pixel(p + ivec2(-1, -1))), se = brightness(pixel(p + ivec2(1, -1)));
  float m = brightness(center);
  float low = min(m, min(min(nw, ne), min(sw, se))), high = max(m, max(max(nw, ne), max(sw, se)));
  if (high - low < max(0.035, high * 0.1)) {
    out_color = vec4(center, 1.0);
    return;
  }
  vec2 direction = vec2(-((nw + ne) - (sw + se)), (nw + sw) - (ne + se));
  float reduce = max((nw + ne + sw + se) * 0.03125, 1.0 / 128.0);
  direction = clamp(direction / (min(abs(direction.x), abs(direction.y)) + reduce), -8.0, 8.0) * texel;
  vec3 a = 0.5 * (texture(picture, at + direction * (1.0 / 3.0 - 0.5)).rgb + texture(picture, at + direction * (2.0 / 3.0 - 0.5)).rgb);
  vec3 b = a * 0.5 + 0.25 * (texture(picture, at - direction * 0.5).rgb + texture(picture, at + direction * 0.5).rgb);
  float mb = brightness(b);
  out_color = vec4(mb < low || mb > high ? a : b, 1.0);
}
