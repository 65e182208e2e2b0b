#include "core/math.h"

#include <Eigen/Core>
#include <Eigen/LU>

namespace kiln {
namespace {

template <typename Matrix, int N>
auto to_eigen(const Matrix& m) {
  Eigen::Matrix<double, N, N> out;
  for (int r = 0; r < N; ++r) {
    for (int c = 0; c < N; ++c) {
      out(r, c) = m[r][c];
    }
  }
  return out;
}

template <typename Matrix, int N>
Matrix inverse_of(const Matrix& m, bool* is_invertible) {
  const Eigen::Matrix<double, N, N> source = to_eigen<Matrix, N>(m);
  Eigen::Matrix<double, N, N> result;
  double determinant = 0.0;
  bool good = false;
  source.computeInverseAndDetWithCheck(result, determinant, good, 1e-35);
  good = good && std::isfinite(determinant);
  if (is_invertible) {
    *is_invertible = good;
  }
  Matrix out;
  for (int r = 0; r < N; ++r) {
    for (int c = 0; c < N; ++c) {
      out[r][c] = good ? float(result(r, c)) : 0.0f;
    }
  }
  return out;
}

// Axis indices in the order of application, and whether the order is an odd permutation of XYZ
// (Shoemake, "Euler Angle Conversion", Graphics Gems IV, 1994).
struct AxisOrder {
  int i, j, k;
  bool is_odd;
};

AxisOrder axis_order(EulerOrder order) {
  switch (order) {
    case EulerOrder::XYZ:
      return {0, 1, 2, false};
    case EulerOrder::XZY:
      return {0, 2, 1, true};
    case EulerOrder::YXZ:
      return {1, 0, 2, true};
    case EulerOrder::YZX:
      return {1, 2, 0, false};
    case EulerOrder::ZXY:
      return {2, 0, 1, false};
    case EulerOrder::ZYX:
      return {2, 1, 0, true};
  }
  return {0, 1, 2, false};
}

// Both sets of angles that give the rotation; with gimbal lock they are equal.
void both_eulers(const float3x3& m, EulerOrder order, float3& first, float3& second) {
  const auto [i, j, k, is_odd] = axis_order(order);
  const float cy = std::hypot(m[i][i], m[j][i]);
  if (cy > 16.0f * 1.192092896e-7f) {
    first[i] = std::atan2(m[k][j], m[k][k]);
    first[j] = std::atan2(-m[k][i], cy);
    first[k] = std::atan2(m[j][i], m[i][i]);
    second[i] = std::atan2(-m[k][j], -m[k][k]);
    second[j] = std::atan2(-m[k][i], -cy);
    second[k] = std::atan2(-m[j][i], -m[i][i]);
  } else {
    first[i] = std::atan2(-m[j][k], m[j][j]);
    first[j] = std::atan2(-m[k][i], cy);
    first[k] = 0.0f;
    second = first;
  }
  if (is_odd) {
    first = -first;
    second = -second;
  }
}

float size(float3 e) {
  return std::abs(e.x) + std::abs(e.y) + std::abs(e.z);
}

}  // namespace

float3x3 operator*(const float3x3& a, const float3x3& b) {
  float3x3 out;
  for (int r = 0; r < 3; ++r) {
    out[r] = a[r].x * b[0] + a[r].y * b[1] + a[r].z * b[2];
  }
  return out;
}

float3 operator*(const float3x3& m, float3 v) {
  return {dot(m[0], v), dot(m[1], v), dot(m[2], v)};
}

float3x3 transpose(const float3x3& m) {
  float3x3 out;
  for (int r = 0; r < 3; ++r) {
    out[r] = {m[0][r], m[1][r], m[2][r]};
  }
  return out;
}

float determinant(const float3x3& m) {
  return dot(m[0], cross(m[1], m[2]));
}

float4x4 operator*(const float4x4& a, const float4x4& b) {
  float4x4 out;
  for (int r = 0; r < 4; ++r) {
    out[r] = a[r].x * b[0] + a[r].y * b[1] + a[r].z * b[2] + a[r].w * b[3];
  }
  return out;
}

float4 operator*(const float4x4& m, float4 v) {
  return {dot(m[0], v), dot(m[1], v), dot(m[2], v), dot(m[3], v)};
}

float4x4 transpose(const float4x4& m) {
  float4x4 out;
  for (int r = 0; r < 4; ++r) {
    out[r] = {m[0][r], m[1][r], m[2][r], m[3][r]};
  }
  return out;
}

float determinant(const float4x4& m) {
  return float(to_eigen<float4x4, 4>(m).determinant());
}

float4x4 inverse(const float4x4& m, bool* is_invertible) {
  return inverse_of<float4x4, 4>(m, is_invertible);
}

float3x3 inverse(const float3x3& m, bool* is_invertible) {
  return inverse_of<float3x3, 3>(m, is_invertible);
}

float3x3 upper3x3(const float4x4& m) {
  float3x3 out;
  for (int r = 0; r < 3; ++r) {
    out[r] = xyz(m[r]);
  }
  return out;
}

float4x4 to_float4x4(const float3x3& m, float3 t) {
  float4x4 out;
  for (int r = 0; r < 3; ++r) {
    out[r] = {m[r].x, m[r].y, m[r].z, t[r]};
  }
  return out;
}

float4x4 translation_matrix(float3 offset) {
  return to_float4x4(float3x3{}, offset);
}

float4x4 scale_matrix(float3 scale) {
  float4x4 out;
  for (int i = 0; i < 3; ++i) {
    out[i][i] = scale[i];
  }
  return out;
}

float3x3 euler_to_matrix(float3 euler, EulerOrder order) {
  const auto [i, j, k, is_odd] = axis_order(order);
  const double sign = is_odd ? -1.0 : 1.0;
  const double ti = euler[i] * sign, tj = euler[j] * sign, th = euler[k] * sign;
  const double ci = std::cos(ti), cj = std::cos(tj), ch = std::cos(th);
  const double si = std::sin(ti), sj = std::sin(tj), sh = std::sin(th);
  float3x3 m;
  m[i][i] = float(cj * ch);
  m[i][j] = float(sj * si * ch - ci * sh);
  m[i][k] = float(sj * ci * ch + si * sh);
  m[j][i] = float(cj * sh);
  m[j][j] = float(sj * si * sh + ci * ch);
  m[j][k] = float(sj * ci * sh - si * ch);
  m[k][i] = float(-sj);
  m[k][j] = float(cj * si);
  m[k][k] = float(cj * ci);
  return m;
}

float3 matrix_to_euler(const float3x3& m, EulerOrder order) {
  float3 first, second;
  both_eulers(m, order, first, second);
  return size(first) > size(second) ? second : first;
}

float3 compatible_euler(float3 euler, float3 other) {
  constexpr float turn = 6.28318530717958f;
  // Angles that are nearly a turn away or more come back by whole turns.
  for (int i = 0; i < 3; ++i) {
    const float difference = euler[i] - other[i];
    if (std::abs(difference) > 5.1f) {
      euler[i] -= std::floor(difference / turn + 0.5f) * turn;
    }
  }
  // What is then still beyond half a turn, while the others hardly moved, jumps by one.
  for (int i = 0; i < 3; ++i) {
    const int j = (i + 1) % 3, k = (i + 2) % 3;
    if (std::abs(euler[i] - other[i]) > 3.2f && std::abs(euler[j] - other[j]) < 1.6f &&
        std::abs(euler[k] - other[k]) < 1.6f) {
      euler[i] += euler[i] > other[i] ? -turn : turn;
    }
  }
  return euler;
}

float3 matrix_to_compatible_euler(const float3x3& m, float3 compatible_with, EulerOrder order) {
  float3 first, second;
  both_eulers(m, order, first, second);
  first = compatible_euler(first, compatible_with);
  second = compatible_euler(second, compatible_with);
  return size(first - compatible_with) > size(second - compatible_with) ? second : first;
}

Quaternion operator*(const Quaternion& a, const Quaternion& b) {
  return {
      a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
      a.w * b.y + a.y * b.w + a.z * b.x - a.x * b.z, a.w * b.z + a.z * b.w + a.x * b.y - a.y * b.x};
}

Quaternion normalize(const Quaternion& q) {
  const float l = std::sqrt(q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z);
  if (!(l > 0.0f)) {
    return {0.0f, 1.0f, 0.0f, 0.0f};
  }
  return {q.w / l, q.x / l, q.y / l, q.z / l};
}

float3x3 quaternion_to_matrix(const Quaternion& q) {
  constexpr double root = 1.41421356237309504880;
  const double q0 = root * q.w, q1 = root * q.x, q2 = root * q.y, q3 = root * q.z;
  const double qda = q0 * q1, qdb = q0 * q2, qdc = q0 * q3;
  const double qaa = q1 * q1, qab = q1 * q2, qac = q1 * q3;
  const double qbb = q2 * q2, qbc = q2 * q3, qcc = q3 * q3;
  float3x3 m;
  m[0] = {float(1.0 - qbb - qcc), float(qab - qdc), float(qdb + qac)};
  m[1] = {float(qdc + qab), float(1.0 - qaa - qcc), float(qbc - qda)};
  m[2] = {float(qac - qdb), float(qda + qbc), float(1.0 - qaa - qbb)};
  return m;
}

Quaternion matrix_to_quaternion(const float3x3& source) {
  float3x3 columns = transpose(source);
  for (float3& column : columns.rows) {
    column = normalize(column);
  }
  if (determinant(columns) < 0.0f) {
    for (float3& column : columns.rows) {
      column = -column;
    }
  }
  // Mike Day, "Converting a rotation matrix to a quaternion", Insomniac Games, 2015: of the four
  // components one that is large enough is found from the signs of the diagonal.
  const double xx = columns[0].x, xy = columns[0].y, xz = columns[0].z;
  const double yx = columns[1].x, yy = columns[1].y, yz = columns[1].z;
  const double zx = columns[2].x, zy = columns[2].y, zz = columns[2].z;
  double w, x, y, z;
  if (zz < 0.0) {
    if (xx > yy) {
      w = yz - zy, x = 1.0 + xx - yy - zz, y = xy + yx, z = zx + xz;
    } else {
      w = zx - xz, x = xy + yx, y = 1.0 - xx + yy - zz, z = yz + zy;
    }
  } else {
    if (xx < -yy) {
      w = xy - yx, x = zx + xz, y = yz + zy, z = 1.0 - xx - yy + zz;
    } else {
      w = 1.0 + xx + yy + zz, x = yz - zy, y = zx - xz, z = xy - yx;
    }
  }
  if (w < 0.0) {
    w = -w, x = -x, y = -y, z = -z;
  }
  const double length = std::sqrt(w * w + x * x + y * y + z * z);
  return {float(w / length), float(x / length), float(y / length), float(z / length)};
}

Quaternion euler_to_quaternion(float3 euler, EulerOrder order) {
  const auto [i, j, k, is_odd] = axis_order(order);
  const double ti = euler[i] * 0.5;
  const double tj = euler[j] * (is_odd ? -0.5 : 0.5);
  const double th = euler[k] * 0.5;
  const double ci = std::cos(ti), cj = std::cos(tj), ch = std::cos(th);
  const double si = std::sin(ti), sj = std::sin(tj), sh = std::sin(th);
  const double cc = ci * ch, cs = ci * sh, sc = si * ch, ss = si * sh;
  double a[3];
  a[i] = cj * sc - sj * cs;
  a[j] = cj * ss + sj * cc;
  a[k] = cj * cs - sj * sc;
  Quaternion q{float(cj * cc + sj * ss), float(a[0]), float(a[1]), float(a[2])};
  if (is_odd) {
    q[j + 1] = -q[j + 1];
  }
  return q;
}

Quaternion axis_angle_to_quaternion(float3 direction, float angle) {
  const float3 unit = normalize(direction);
  if (unit == float3{}) {
    return {};
  }
  const float half = 0.5f * angle, s = std::sin(half);
  return {std::cos(half), unit.x * s, unit.y * s, unit.z * s};
}

void quaternion_to_axis_angle(const Quaternion& q, float3* direction, float* angle) {
  const Quaternion unit = normalize(q);
  const float half = std::acos(std::clamp(unit.w, -1.0f, 1.0f));
  float s = std::sin(half);
  if (std::abs(s) < 0.0005f) {
    s = 1.0f;
  }
  *direction = float3{unit.x / s, unit.y / s, unit.z / s};
  *angle = 2.0f * half;
  if (*direction == float3{}) {
    *direction = {0.0f, 1.0f, 0.0f};
  }
}

float3x3 rotation_part(const float4x4& m) {
  float3x3 columns = transpose(upper3x3(m));
  for (float3& column : columns.rows) {
    column = normalize(column);
  }
  if (determinant(columns) < 0.0f) {
    for (float3& column : columns.rows) {
      column = -column;
    }
  }
  return transpose(columns);
}

Transform decompose(const float4x4& m) {
  Transform out;
  out.location = translation(m);
  out.rotation = matrix_to_quaternion(rotation_part(m));
  out.scale = {length(axis(m, 0)), length(axis(m, 1)), length(axis(m, 2))};
  if (determinant(upper3x3(m)) < 0.0f) {
    out.scale = -out.scale;
  }
  return out;
}

float4x4 compose(float3 location, const float3x3& rotation, float3 scale) {
  float3x3 m = rotation;
  for (float3& row : m.rows) {
    row = row * scale;
  }
  return to_float4x4(m, location);
}

}  // namespace kiln
