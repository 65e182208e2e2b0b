#include <cmath>

#include <Eigen/Core>
#include <Eigen/LU>
#include <Eigen/SVD>

#include "python/mathutils/matrix.h"

namespace kiln::python::mathutils {
namespace {

using Elements = std::array<std::array<double, 4>, 4>;

Elements elements_of(const Value* m) {
  Elements result{};
  for (int row = 0; row < m->rows; ++row) {
    for (int column = 0; column < m->columns; ++column) {
      result[row][column] = element(m, row, column);
    }
  }
  return result;
}

/// Determinant without one row and one column (or, with -1, with all) of the first `size`.
double minor_determinant(const Elements& m, int size, int without_row, int without_column) {
  int rows[4], columns[4], row_count = 0, column_count = 0;
  for (int i = 0; i < size; ++i) {
    if (i != without_row) {
      rows[row_count++] = i;
    }
    if (i != without_column) {
      columns[column_count++] = i;
    }
  }
  const auto at = [&](int row, int column) { return m[rows[row]][columns[column]]; };
  const auto two = [&](int r, int c0, int c1) {
    return at(r, c0) * at(r + 1, c1) - at(r, c1) * at(r + 1, c0);
  };
  switch (row_count) {
    case 1:
      return at(0, 0);
    case 2:
      return two(0, 0, 1);
    case 3:
      return at(0, 0) * two(1, 1, 2) - at(0, 1) * two(1, 0, 2) + at(0, 2) * two(1, 0, 1);
    default:
      // Laplace expansion by the first two rows.
      return two(0, 0, 1) * two(2, 2, 3) - two(0, 0, 2) * two(2, 1, 3) +
             two(0, 0, 3) * two(2, 1, 2) + two(0, 1, 2) * two(2, 0, 3) -
             two(0, 1, 3) * two(2, 0, 2) + two(0, 2, 3) * two(2, 0, 1);
  }
}

double cofactor(const Elements& m, int size, int row, int column) {
  const double sign = (row + column) % 2 == 0 ? 1.0 : -1.0;
  return sign * minor_determinant(m, size, row, column);
}

using Matrix3 = Eigen::Matrix3d;

Matrix3 to_eigen(const float3x3& m) {
  Matrix3 result;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      result(row, column) = m[row][column];
    }
  }
  return result;
}

float3x3 from_eigen(const Matrix3& m) {
  float3x3 result;
  for (int row = 0; row < 3; ++row) {
    result[row] = {float(m(row, 0)), float(m(row, 1)), float(m(row, 2))};
  }
  return result;
}

/// m = rotation * stretch, the rotation proper, the stretch symmetric; a mirroring is left to the
/// stretch.
void polar_decompose(const Matrix3& m, Quaternion* rotation, Matrix3* stretch) {
  const Eigen::JacobiSVD<Matrix3> svd(m, Eigen::ComputeFullU | Eigen::ComputeFullV);
  Matrix3 unitary = svd.matrixU() * svd.matrixV().transpose();
  *stretch = svd.matrixV() * svd.singularValues().asDiagonal() * svd.matrixV().transpose();
  if (unitary.determinant() < 0.0) {
    unitary = -unitary;
    *stretch = -*stretch;
  }
  *rotation = matrix_to_quaternion(from_eigen(unitary));
}

/// Shoemake, "Animating rotation with quaternion curves", 1985, the short way.
Quaternion interpolate(const Quaternion& a, const Quaternion& b, double factor) {
  double cosine = 0.0;
  for (int i = 0; i < 4; ++i) {
    cosine += double(a[i]) * b[i];
  }
  const double sign = cosine < 0.0 ? -1.0 : 1.0;
  cosine *= sign;
  double weight_a = 1.0 - factor, weight_b = factor;
  if (cosine < 1.0 - 1e-4) {
    const double angle = std::acos(cosine);
    weight_a = std::sin(weight_a * angle) / std::sin(angle);
    weight_b = std::sin(weight_b * angle) / std::sin(angle);
  }
  Quaternion result;
  for (int i = 0; i < 4; ++i) {
    result[i] = float(sign * weight_a * a[i] + weight_b * b[i]);
  }
  return normalize(result);
}

}  // namespace

float3x3 upper3x3(const Value* m) {
  float3x3 result;
  for (int row = 0; row < 3; ++row) {
    result[row] = {element(m, row, 0), element(m, row, 1), element(m, row, 2)};
  }
  return result;
}

double determinant(const Value* m) {
  return minor_determinant(elements_of(m), m->rows, -1, -1);
}

bool invert(Value* m) {
  const Elements source = elements_of(m);
  const double determinant_ = minor_determinant(source, m->rows, -1, -1);
  if (float(determinant_) == 0.0f) {
    return false;
  }
  for (int row = 0; row < m->rows; ++row) {
    for (int column = 0; column < m->columns; ++column) {
      element(m, row, column) = float(cofactor(source, m->rows, column, row) / determinant_);
    }
  }
  return true;
}

void adjugate(Value* m) {
  Elements current = elements_of(m);
  const Elements source = current;
  for (int column = 0; column < m->columns; ++column) {
    for (int row = 0; row < m->rows; ++row) {
      const Elements& from = m->rows < 4 ? current : source;
      element(m, row, column) = float(cofactor(from, m->rows, column, row));
      current[row][column] = element(m, row, column);
    }
  }
}

float3x3 interpolate(const float3x3& a, const float3x3& b, float factor) {
  Quaternion rotation_a, rotation_b;
  Matrix3 stretch_a, stretch_b;
  polar_decompose(to_eigen(a), &rotation_a, &stretch_a);
  polar_decompose(to_eigen(b), &rotation_b, &stretch_b);
  const float3x3 rotation = quaternion_to_matrix(interpolate(rotation_a, rotation_b, factor));
  const Matrix3 stretch = stretch_a * (1.0 - factor) + stretch_b * double(factor);
  return from_eigen(to_eigen(rotation) * stretch);
}

}  // namespace kiln::python::mathutils
