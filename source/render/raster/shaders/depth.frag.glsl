// Depth alone, for shadows.
void main() {}
