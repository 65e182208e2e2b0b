// Notes which objects are hit; those in `marks` already are looked through.
flat in uint id;
layout(std430, binding = 3) buffer Marks { uint marks[]; };
uniform bool marks_hits;
layout(location = 0) out uint out_id;

void main() {
  uint number = id & 0x0fffffffu;
  if (number == 0u) {
    discard;
  }
  if (marks_hits) {
    marks[number] = 1u;
  } else if (marks[number] != 0u) {
    discard;
  }
  out_id = number;
}
