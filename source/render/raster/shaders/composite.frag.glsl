// Puts shaded surfaces on the background and draws what follows from neighbouring pixels: cavities and edges.
// Constants: content (0: nothing, 1: opaque surfaces, 2: transparent ones, 3: a rendered picture, 4: transparent surfaces among
// opaque ones), has_screen_cavity, has_world_cavity, has_outline,
// has_backdrop (the background is a picture), has_surroundings (it is what is all around), has_fading,
// has_background_items (some surfaces look like the background).
in vec2 uv;
uniform sampler2D shaded;
uniform usampler2D facts;
uniform sampler2D depths;
uniform sampler2D layers;
uniform sampler2D passed;
uniform sampler2D rendered;
uniform sampler2D backdrop;
uniform sampler2D surroundings;  // longitudes across, from the bottom up
uniform float surroundings_alpha;
uniform float surroundings_turn;  // radians about Z
uniform bool is_perspective;
uniform mat4 view_to_world;
uniform vec4 background_top;
uniform vec4 background_bottom;
uniform vec2 curvature;     // ridges, valleys
uniform vec2 cavity;        // ridges, valleys
uniform mat4 projection;
uniform mat4 inverse_projection;
uniform vec3 outline_color;
uniform float fading;       // how much of the background lies over what fades
layout(location = 0) out vec4 out_color;

// What is seen of the surroundings from this pixel.
vec3 surroundings_at() {
  vec2 place = gl_FragCoord.xy / viewport * 2.0 - 1.0;
  vec4 ahead = inverse_projection * vec4(place, 1.0, 1.0);
  vec3 d = normalize(mat3(view_to_world) * (is_perspective ? ahead.xyz / ahead.w : vec3(0.0, 0.0, -1.0)));
  float longitude = surroundings_turn - atan(d.y, d.x);
  vec2 at = vec2(longitude / 6.2831853 + 0.5, asin(clamp(d.z, -1.0, 1.0)) / 3.1415927 + 0.5);
  // The seam, where the longitude jumps, is read without derivatives.
  return textureLod(surroundings, vec2(fract(at.x), at.y), 0.0).rgb;
}

uvec2 facts_at(ivec2 p) { return texelFetch(facts, clamp(p, ivec2(0), ivec2(viewport) - 1), 0).xy; }

vec3 place_at(ivec2 p) {
  p = clamp(p, ivec2(0), ivec2(viewport) - 1);
  vec4 clip = vec4((vec2(p) + 0.5) / viewport * 2.0 - 1.0, texelFetch(depths, p, 0).r * 2.0 - 1.0, 1.0);
  vec4 at = inverse_projection * clip;
  return at.xyz / at.w;
}

// How closed in a point is and how far it stands out: samples on a spiral around it, above or below its tangent plane.
// Mittring, "Finding Next Gen: CryEngine 2", SIGGRAPH 2007 (the idea of comparing depths around a pixel).
vec2 closeness(ivec2 p, vec3 n) {
  vec3 at = place_at(p);
  const float reach = 0.2;
  vec4 clip = projection * vec4(at + vec3(reach, 0.0, 0.0), 1.0);
  vec4 center = projection * vec4(at, 1.0);
  float pixels = clamp(abs(clip.x / clip.w - center.x / center.w) * 0.5 * viewport.x, 2.0, 60.0);
  float turn = fract(52.9829189 * fract(dot(vec2(p), vec2(0.06711056, 0.00583715)))) * 6.2831853;
  vec2 sum = vec2(0.0);
  for (int i = 0; i < 12; ++i) {
    float angle = turn + float(i) * 2.3999632;
    vec2 offset = vec2(cos(angle), sin(angle)) * sqrt((float(i) + 0.5) / 12.0) * pixels;
    ivec2 q = p + ivec2(round(offset));
    if (facts_at(q).x == 0u) {
      continue;
    }
    vec3 d = place_at(q) - at;
    float far = length(d);
    if (far < 1e-6) {
      continue;
    }
    float above = dot(d, n) / far * clamp(1.0 - far / (reach * 2.0), 0.0, 1.0);
    sum += vec2(max(0.0, -above - 0.1), max(0.0, above - 0.1));
  }
  return sum / 12.0;
}

void main() {
  ivec2 p = ivec2(gl_FragCoord.xy);
  vec3 color = has_backdrop ? texelFetch(backdrop, p, 0).rgb
                            : mix(background_bottom.rgb, background_top.rgb, gl_FragCoord.y / viewport.y);
  if (has_surroundings && !has_backdrop) {
    color = mix(color, surroundings_at(), surroundings_alpha);
  }
  vec3 behind = color;
  if (content != 0) {
    uvec2 center = facts_at(p);
    uvec2 left = facts_at(p - ivec2(1, 0)), right = facts_at(p + ivec2(1, 0));
    uvec2 down = facts_at(p - ivec2(0, 1)), up = facts_at(p + ivec2(0, 1));
    if (content == 3) {
      vec4 picture = texture(rendered, gl_FragCoord.xy / viewport);
      color = color * (1.0 - picture.a) + picture.rgb;
    } else if (content == 2) {
      vec4 sum = texelFetch(layers, p, 0);
      float through = texelFetch(passed, p, 0).r;
      color = mix(sum.rgb / max(sum.a, 1e-5), color, through);
    } else if (content == 4) {
      vec4 solid = texelFetch(shaded, p, 0);
      vec4 sum = texelFetch(layers, p, 0);
      color = mix(sum.rgb / max(sum.a, 1e-5), mix(color, solid.rgb, solid.a), texelFetch(passed, p, 0).r);
    } else if (center.x != 0u) {
      color = texelFetch(shaded, p, 0).rgb;
    }
    bool is_inside = left.x == center.x && right.x == center.x && up.x == center.x && down.x == center.x;
    if (center.x != 0u && content != 3) {
      if (has_screen_cavity && is_inside) {
        // Curvature from the change of the normal: ridges get lighter, valleys darker.
        float change = unpack_normal(right.y).x - unpack_normal(left.y).x + unpack_normal(up.y).y - unpack_normal(down.y).y;
        color *= change > 0.0 ? 1.0 + min(change, 1.0) * 0.35 * curvature.x : 1.0 / (1.0 - max(change, -1.0) * 0.7 * curvature.y);
      }
      if (has_world_cavity) {
        vec2 open = closeness(p, unpack_normal(center.y));
        color *= max(0.0, 1.0 - open.y * 2.2 * cavity.y) * (1.0 + open.x * 0.9 * cavity.x);
      }
    }
    if (has_fading && ((center.x >> 29) & 1u) != 0u) {
      color = mix(color, behind, fading);
    }
    if (has_outline && content != 3 && !is_inside && (center.x | left.x | right.x | up.x | down.x) != 0u && center.x != 0u) {
      color = mix(color, outline_color, 0.3);
    }
    if (has_background_items && ((center.x >> 28) & 1u) != 0u) {
      color = behind;
    }
  }
  out_color = vec4(color, 1.0);
}
