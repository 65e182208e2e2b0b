in vec4 color;
flat in uint id;
layout(location = 0) out vec4 out_color;

void main() { out_color = color; }
