// The mean of several pictures from their sum.
in vec2 uv;
uniform sampler2D picture;
uniform float scale;  // one by their number
layout(location = 0) out vec4 out_color;

void main() { out_color = vec4(texelFetch(picture, ivec2(gl_FragCoord.xy), 0).rgb * scale, 1.0); }
