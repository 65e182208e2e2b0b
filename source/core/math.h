#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

/// Small vectors, matrices and rotations. Matrices are stored by rows and act on column vectors (`m
/// * v`), as `mathutils` shows them; angles are radians; quaternions are (w, x, y, z).
namespace kiln {

struct float2 {
  float x = 0.0f, y = 0.0f;
  float& operator[](int i) { return (&x)[i]; }
  float operator[](int i) const { return (&x)[i]; }
  bool operator==(const float2&) const = default;
};

struct float3 {
  float x = 0.0f, y = 0.0f, z = 0.0f;
  float& operator[](int i) { return (&x)[i]; }
  float operator[](int i) const { return (&x)[i]; }
  bool operator==(const float3&) const = default;
};

struct float4 {
  float x = 0.0f, y = 0.0f, z = 0.0f, w = 0.0f;
  float& operator[](int i) { return (&x)[i]; }
  float operator[](int i) const { return (&x)[i]; }
  bool operator==(const float4&) const = default;
};

struct int2 {
  int x = 0, y = 0;
  int& operator[](int i) { return (&x)[i]; }
  int operator[](int i) const { return (&x)[i]; }
  bool operator==(const int2&) const = default;
};

struct int3 {
  int x = 0, y = 0, z = 0;
  int& operator[](int i) { return (&x)[i]; }
  int operator[](int i) const { return (&x)[i]; }
  bool operator==(const int3&) const = default;
};

inline float2 operator+(float2 a, float2 b) {
  return {a.x + b.x, a.y + b.y};
}
inline float2 operator-(float2 a, float2 b) {
  return {a.x - b.x, a.y - b.y};
}
inline float2 operator*(float2 a, float s) {
  return {a.x * s, a.y * s};
}
inline float2 operator*(float s, float2 a) {
  return a * s;
}
inline float2& operator+=(float2& a, float2 b) {
  return a = a + b;
}
inline float dot(float2 a, float2 b) {
  return a.x * b.x + a.y * b.y;
}
inline float cross(float2 a, float2 b) {
  return a.x * b.y - a.y * b.x;
}
inline float length(float2 a) {
  return std::sqrt(dot(a, a));
}

inline float3 operator+(float3 a, float3 b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline float3 operator-(float3 a, float3 b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline float3 operator*(float3 a, float3 b) {
  return {a.x * b.x, a.y * b.y, a.z * b.z};
}
inline float3 operator/(float3 a, float3 b) {
  return {a.x / b.x, a.y / b.y, a.z / b.z};
}
inline float3 operator*(float3 a, float s) {
  return {a.x * s, a.y * s, a.z * s};
}
inline float3 operator*(float s, float3 a) {
  return a * s;
}
inline float3 operator/(float3 a, float s) {
  return a * (1.0f / s);
}
inline float3 operator-(float3 a) {
  return {-a.x, -a.y, -a.z};
}
inline float3& operator+=(float3& a, float3 b) {
  return a = a + b;
}
inline float3& operator-=(float3& a, float3 b) {
  return a = a - b;
}
inline float3& operator*=(float3& a, float s) {
  return a = a * s;
}
inline float3& operator*=(float3& a, float3 b) {
  return a = a * b;
}
inline float dot(float3 a, float3 b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline float3 cross(float3 a, float3 b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline float length_squared(float3 a) {
  return dot(a, a);
}
inline float length(float3 a) {
  return std::sqrt(dot(a, a));
}
inline float distance(float3 a, float3 b) {
  return length(a - b);
}
/// The unit vector along `a`; zero stays zero.
inline float3 normalize(float3 a) {
  const float l = length(a);
  return l > 0.0f ? a * (1.0f / l) : float3{};
}
inline float3 min(float3 a, float3 b) {
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::min(a.z, b.z)};
}
inline float3 max(float3 a, float3 b) {
  return {std::max(a.x, b.x), std::max(a.y, b.y), std::max(a.z, b.z)};
}
inline float max_component(float3 a) {
  return std::max(a.x, std::max(a.y, a.z));
}
inline float3 lerp(float3 a, float3 b, float t) {
  return a + (b - a) * t;
}
inline float lerp(float a, float b, float t) {
  return a + (b - a) * t;
}
inline bool is_finite(float3 a) {
  return std::isfinite(a.x) && std::isfinite(a.y) && std::isfinite(a.z);
}

inline float4 operator+(float4 a, float4 b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w};
}
inline float4 operator-(float4 a, float4 b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z, a.w - b.w};
}
inline float4 operator*(float4 a, float s) {
  return {a.x * s, a.y * s, a.z * s, a.w * s};
}
inline float4 operator*(float s, float4 a) {
  return a * s;
}
inline float4& operator+=(float4& a, float4 b) {
  return a = a + b;
}
inline float dot(float4 a, float4 b) {
  return a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w;
}
inline float3 xyz(float4 a) {
  return {a.x, a.y, a.z};
}

inline int2 operator+(int2 a, int2 b) {
  return {a.x + b.x, a.y + b.y};
}

/// A rotation as a quaternion, real part first.
struct Quaternion {
  float w = 1.0f, x = 0.0f, y = 0.0f, z = 0.0f;
  float& operator[](int i) { return (&w)[i]; }
  float operator[](int i) const { return (&w)[i]; }
  bool operator==(const Quaternion&) const = default;
};

/// Order in which the rotations about the axes are applied: XYZ turns about X first.
enum class EulerOrder : std::uint8_t { XYZ, XZY, YXZ, YZX, ZXY, ZYX };

/// 3 x 3 matrix by rows.
struct float3x3 {
  std::array<float3, 3> rows{float3{1, 0, 0}, float3{0, 1, 0}, float3{0, 0, 1}};
  float3& operator[](int row) { return rows[row]; }
  const float3& operator[](int row) const { return rows[row]; }
  bool operator==(const float3x3&) const = default;
};

/// 4 x 4 matrix by rows; the translation is the last column.
struct float4x4 {
  std::array<float4, 4> rows{float4{1, 0, 0, 0}, float4{0, 1, 0, 0}, float4{0, 0, 1, 0},
                             float4{0, 0, 0, 1}};
  float4& operator[](int row) { return rows[row]; }
  const float4& operator[](int row) const { return rows[row]; }
  bool operator==(const float4x4&) const = default;
};

float3x3 operator*(const float3x3& a, const float3x3& b);
float3 operator*(const float3x3& m, float3 v);
float3x3 transpose(const float3x3& m);
float determinant(const float3x3& m);

float4x4 operator*(const float4x4& a, const float4x4& b);
float4 operator*(const float4x4& m, float4 v);
float4x4 transpose(const float4x4& m);
float determinant(const float4x4& m);
/// The inverse; where the matrix has none, every element is zero and `*is_invertible` false.
float4x4 inverse(const float4x4& m, bool* is_invertible = nullptr);
float3x3 inverse(const float3x3& m, bool* is_invertible = nullptr);

inline float3 transform_point(const float4x4& m, float3 p) {
  return {m[0].x * p.x + m[0].y * p.y + m[0].z * p.z + m[0].w,
          m[1].x * p.x + m[1].y * p.y + m[1].z * p.z + m[1].w,
          m[2].x * p.x + m[2].y * p.y + m[2].z * p.z + m[2].w};
}
inline float3 transform_direction(const float4x4& m, float3 d) {
  return {m[0].x * d.x + m[0].y * d.y + m[0].z * d.z, m[1].x * d.x + m[1].y * d.y + m[1].z * d.z,
          m[2].x * d.x + m[2].y * d.y + m[2].z * d.z};
}
/// Turns a surface normal with the transpose of `inverse_matrix`; not normalized.
inline float3 transform_normal(const float4x4& inverse_matrix, float3 n) {
  const float4x4& i = inverse_matrix;
  return {i[0].x * n.x + i[1].x * n.y + i[2].x * n.z, i[0].y * n.x + i[1].y * n.y + i[2].y * n.z,
          i[0].z * n.x + i[1].z * n.y + i[2].z * n.z};
}

inline float3 translation(const float4x4& m) {
  return {m[0].w, m[1].w, m[2].w};
}
/// Column `i` of the upper 3 x 3: where the axis goes.
inline float3 axis(const float4x4& m, int i) {
  return {m[0][i], m[1][i], m[2][i]};
}
float3x3 upper3x3(const float4x4& m);
float4x4 to_float4x4(const float3x3& m, float3 translation = {});

float4x4 translation_matrix(float3 offset);
float4x4 scale_matrix(float3 scale);

float3x3 euler_to_matrix(float3 euler, EulerOrder order = EulerOrder::XYZ);
/// Of the two sets of angles for a rotation, the one with the smaller sum of magnitudes. `m` must
/// be orthonormal.
float3 matrix_to_euler(const float3x3& m, EulerOrder order = EulerOrder::XYZ);
/// The same rotation with whole turns added, so that interpolating from `other` to it makes none: a
/// step of up to nearly a turn is taken for a movement, and only beyond that for a jump.
float3 compatible_euler(float3 euler, float3 other);
/// As `matrix_to_euler`, but of both sets, made compatible, the one nearer to `compatible_with`.
float3 matrix_to_compatible_euler(const float3x3& m, float3 compatible_with,
                                  EulerOrder order = EulerOrder::XYZ);

Quaternion operator*(const Quaternion& a, const Quaternion& b);
Quaternion normalize(const Quaternion& q);
float3x3 quaternion_to_matrix(const Quaternion& q);
/// `m` need not be normalized, but its columns should be orthogonal and right-handed.
Quaternion matrix_to_quaternion(const float3x3& m);
Quaternion euler_to_quaternion(float3 euler, EulerOrder order = EulerOrder::XYZ);
/// A zero `axis` gives the identity.
Quaternion axis_angle_to_quaternion(float3 axis, float angle);
void quaternion_to_axis_angle(const Quaternion& q, float3* axis, float* angle);

/// Location, rotation and scale of a matrix without shear; a mirrored matrix gives negative scale
/// on all axes.
struct Transform {
  float3 location;
  Quaternion rotation;
  float3 scale{1, 1, 1};
};
Transform decompose(const float4x4& m);
/// Rotation part with unit columns and positive determinant.
float3x3 rotation_part(const float4x4& m);
float4x4 compose(float3 location, const float3x3& rotation, float3 scale);

}  // namespace kiln
