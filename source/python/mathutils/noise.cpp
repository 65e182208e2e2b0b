#include "core/noise.h"

#include <cstring>
#include <ctime>

#include "python/mathutils/value.h"

namespace kiln::python::mathutils {
namespace {

constexpr const char* basis_names[] = {
    "BLENDER",    "PERLIN_ORIGINAL", "PERLIN_NEW",   "VORONOI_F1",      "VORONOI_F2",
    "VORONOI_F3", "VORONOI_F4",      "VORONOI_F2F1", "VORONOI_CRACKLE", "CELLNOISE"};
constexpr const char* metric_names[] = {"DISTANCE",      "DISTANCE_SQUARED", "MANHATTAN",
                                        "CHEBYCHEV",     "MINKOVSKY",        "MINKOVSKY_HALF",
                                        "MINKOVSKY_FOUR"};

int find_name(const char* name, std::span<const char* const> names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::strcmp(name, names[i]) == 0) {
      return int(i);
    }
  }
  std::string accepted;
  for (const char* accepted_name : names) {
    accepted += accepted.empty() ? "" : ", ";
    accepted += accepted_name;
  }
  PyErr_Format(PyExc_ValueError, "'%.40s' not found in (%s)", name, accepted.c_str());
  return -1;
}

bool parse_basis(const char* name, NoiseBasis* basis) {
  const int found = find_name(name, basis_names);
  *basis = NoiseBasis(std::max(found, 0));
  return found >= 0;
}

PyObject* vector3(PyObject* module, float3 v) {
  return new_vector(state_of(module), {&v.x, 3});
}

// ---- random numbers ----

PyObject* random_function(PyObject* module, PyObject*) {
  return PyFloat_FromDouble(state_of(module)->noise_random.next());
}

PyObject* seed_set(PyObject* module, PyObject* args) {
  int seed;
  if (!PyArg_ParseTuple(args, "i:seed_set", &seed)) {
    return nullptr;
  }
  const std::uint32_t value = seed != 0 ? std::uint32_t(seed) : std::uint32_t(std::time(nullptr));
  state_of(module)->noise_random = NoiseRandom(value);
  Py_RETURN_NONE;
}

/// Components in [-1, 1); the last one is drawn first.
void draw_components(NoiseRandom& random, float* components, int size) {
  for (int i = size; i-- > 0;) {
    components[i] = 2.0f * random.next() - 1.0f;
  }
}

bool parse_size(PyObject* args, PyObject* keywords, const char* format, int max_size, int* size) {
  const char* names[] = {"size", nullptr};
  *size = 3;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, format, const_cast<char**>(names), size)) {
    return false;
  }
  if (*size < 2 || *size > max_size) {
    PyErr_SetString(PyExc_ValueError, "Vector(): invalid size");
    return false;
  }
  return true;
}

PyObject* random_vector(PyObject* module, PyObject* args, PyObject* keywords) {
  int size;
  if (!parse_size(args, keywords, "|$i:random_vector", 4096, &size)) {
    return nullptr;
  }
  std::vector<float> components(static_cast<std::size_t>(size));
  draw_components(state_of(module)->noise_random, components.data(), size);
  return new_vector(state_of(module), components);
}

PyObject* random_unit_vector(PyObject* module, PyObject* args, PyObject* keywords) {
  int size;
  if (!parse_size(args, keywords, "|$i:random_unit_vector", 4, &size)) {
    return nullptr;
  }
  // Points of the cube until one falls into the ball, so that all directions are equally likely.
  float components[4];
  float squared;
  do {
    draw_components(state_of(module)->noise_random, components, size);
    squared = 0.0f;
    for (int i = 0; i < size; ++i) {
      squared += components[i] * components[i];
    }
  } while (squared > 1.0f || squared == 0.0f);
  for (int i = 0; i < size; ++i) {
    components[i] /= std::sqrt(squared);
  }
  return new_vector(state_of(module), {components, std::size_t(size)});
}

// ---- noise ----

/// The position, and the keyword noise_basis.
bool parse_noise(PyObject* args, PyObject* keywords, const char* format, float3* position,
                 NoiseBasis* basis) {
  const char* names[] = {"", "noise_basis", nullptr};
  PyObject* argument;
  const char* name = "PERLIN_ORIGINAL";
  return PyArg_ParseTupleAndKeywords(args, keywords, format, const_cast<char**>(names), &argument,
                                     &name) &&
         parse_basis(name, basis) && parse_float3(argument, position, "noise position");
}

PyObject* noise_function(PyObject* module, PyObject* args, PyObject* keywords) {
  (void)module;
  float3 position;
  NoiseBasis basis;
  return parse_noise(args, keywords, "O|$s:noise", &position, &basis)
             ? PyFloat_FromDouble(noise(position, basis))
             : nullptr;
}

/// Noise at three positions, which depend on the seed.
float3 noise_vector_at(const NoiseRandom& random, float3 position, NoiseBasis basis) {
  const auto& o = random.offsets;
  return {noise(position + float3{o[0], o[1], o[2]}, basis),
          noise(position + float3{o[3], o[4], o[5]}, basis),
          noise(position + float3{o[6], o[7], o[8]}, basis)};
}

PyObject* noise_vector(PyObject* module, PyObject* args, PyObject* keywords) {
  float3 position;
  NoiseBasis basis;
  return parse_noise(args, keywords, "O|$s:noise_vector", &position, &basis)
             ? vector3(module, noise_vector_at(state_of(module)->noise_random, position, basis))
             : nullptr;
}

struct Turbulence {
  float3 position;
  int octaves, is_hard;
  NoiseBasis basis;
  float amplitude_scale = 0.5f, frequency_scale = 2.0f;
};

bool parse_turbulence(PyObject* args, PyObject* keywords, const char* format, Turbulence* result) {
  const char* names[] = {"", "", "", "noise_basis", "amplitude_scale", "frequency_scale", nullptr};
  PyObject* argument;
  const char* name = "PERLIN_ORIGINAL";
  return PyArg_ParseTupleAndKeywords(args, keywords, format, const_cast<char**>(names), &argument,
                                     &result->octaves, &result->is_hard, &name,
                                     &result->amplitude_scale, &result->frequency_scale) &&
         parse_basis(name, &result->basis) &&
         parse_float3(argument, &result->position, "turbulence position");
}

PyObject* turbulence_function(PyObject*, PyObject* args, PyObject* keywords) {
  Turbulence t;
  return parse_turbulence(args, keywords, "Oii|$sff:turbulence", &t)
             ? PyFloat_FromDouble(turbulence(t.position, t.octaves, t.is_hard != 0, t.basis,
                                             t.amplitude_scale, t.frequency_scale))
             : nullptr;
}

PyObject* turbulence_vector(PyObject* module, PyObject* args, PyObject* keywords) {
  Turbulence t;
  if (!parse_turbulence(args, keywords, "Oii|$sff:turbulence_vector", &t)) {
    return nullptr;
  }
  float3 sum;
  float amplitude = 1.0f;
  const int octaves = std::clamp(t.octaves, 1, int(max_noise_octaves));
  for (int octave = 0; octave < octaves; ++octave) {
    const float3 value =
        noise_vector_at(state_of(module)->noise_random, t.position, t.basis) * amplitude;
    for (int i = 0; i < 3; ++i) {
      sum[i] += t.is_hard != 0 ? std::abs(value[i]) : value[i];
    }
    amplitude *= t.amplitude_scale;
    t.position *= t.frequency_scale;
  }
  return vector3(module, sum);
}

struct Fractal {
  float3 position;
  float h, lacunarity, octaves, offset = 0.0f, gain = 0.0f;
  NoiseBasis basis;
};

/// Parses position, H, lacunarity, octaves and `extra_count` (0 to 2) of offset and gain.
bool parse_fractal(PyObject* args, PyObject* keywords, const char* format, int extra_count,
                   Fractal* f) {
  PyObject* argument;
  const char* name = "PERLIN_ORIGINAL";
  const char* names[] = {"", "", "", "", "noise_basis", nullptr};
  const char* names_1[] = {"", "", "", "", "", "noise_basis", nullptr};
  const char* names_2[] = {"", "", "", "", "", "", "noise_basis", nullptr};
  int is_parsed;
  if (extra_count == 0) {
    is_parsed = PyArg_ParseTupleAndKeywords(args, keywords, format, const_cast<char**>(names),
                                            &argument, &f->h, &f->lacunarity, &f->octaves, &name);
  } else if (extra_count == 1) {
    is_parsed =
        PyArg_ParseTupleAndKeywords(args, keywords, format, const_cast<char**>(names_1), &argument,
                                    &f->h, &f->lacunarity, &f->octaves, &f->offset, &name);
  } else {
    is_parsed = PyArg_ParseTupleAndKeywords(args, keywords, format, const_cast<char**>(names_2),
                                            &argument, &f->h, &f->lacunarity, &f->octaves,
                                            &f->offset, &f->gain, &name);
  }
  return is_parsed != 0 && parse_basis(name, &f->basis) &&
         parse_float3(argument, &f->position, "fractal position");
}

PyObject* fractal(PyObject*, PyObject* args, PyObject* keywords) {
  Fractal f;
  return parse_fractal(args, keywords, "Offf|$s:fractal", 0, &f)
             ? PyFloat_FromDouble(fractal_noise(f.position, f.h, f.lacunarity, f.octaves, f.basis))
             : nullptr;
}

PyObject* multi_fractal_function(PyObject*, PyObject* args, PyObject* keywords) {
  Fractal f;
  return parse_fractal(args, keywords, "Offf|$s:multi_fractal", 0, &f)
             ? PyFloat_FromDouble(multi_fractal(f.position, f.h, f.lacunarity, f.octaves, f.basis))
             : nullptr;
}

PyObject* hetero_terrain_function(PyObject*, PyObject* args, PyObject* keywords) {
  Fractal f;
  return parse_fractal(args, keywords, "Offff|$s:hetero_terrain", 1, &f)
             ? PyFloat_FromDouble(
                   hetero_terrain(f.position, f.h, f.lacunarity, f.octaves, f.offset, f.basis))
             : nullptr;
}

PyObject* hybrid_multi_fractal_function(PyObject*, PyObject* args, PyObject* keywords) {
  Fractal f;
  return parse_fractal(args, keywords, "Offfff|$s:hybrid_multi_fractal", 2, &f)
             ? PyFloat_FromDouble(hybrid_multi_fractal(f.position, f.h, f.lacunarity, f.octaves,
                                                       f.offset, f.gain, f.basis))
             : nullptr;
}

PyObject* ridged_multi_fractal_function(PyObject*, PyObject* args, PyObject* keywords) {
  Fractal f;
  return parse_fractal(args, keywords, "Offfff|$s:ridged_multi_fractal", 2, &f)
             ? PyFloat_FromDouble(ridged_multi_fractal(f.position, f.h, f.lacunarity, f.octaves,
                                                       f.offset, f.gain, f.basis))
             : nullptr;
}

PyObject* variable_lacunarity(PyObject*, PyObject* args, PyObject* keywords) {
  const char* names[] = {"", "", "noise_type1", "noise_type2", nullptr};
  PyObject* argument;
  float distortion;
  const char *name_1 = "PERLIN_ORIGINAL", *name_2 = "PERLIN_ORIGINAL";
  NoiseBasis basis_1, basis_2;
  float3 position;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "Of|$ss:variable_lacunarity",
                                   const_cast<char**>(names), &argument, &distortion, &name_1,
                                   &name_2) ||
      !parse_basis(name_1, &basis_1) || !parse_basis(name_2, &basis_2) ||
      !parse_float3(argument, &position, "variable_lacunarity position")) {
    return nullptr;
  }
  return PyFloat_FromDouble(distorted_noise(position, distortion, basis_1, basis_2));
}

PyObject* voronoi_function(PyObject* module, PyObject* args, PyObject* keywords) {
  const char* names[] = {"", "distance_metric", "exponent", nullptr};
  PyObject* argument;
  const char* name = "DISTANCE";
  float exponent = 2.5f;
  float3 position;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "O|$sf:voronoi", const_cast<char**>(names),
                                   &argument, &name, &exponent)) {
    return nullptr;
  }
  const int metric = find_name(name, metric_names);
  if (metric < 0 || !parse_float3(argument, &position, "voronoi position")) {
    return nullptr;
  }
  const VoronoiPoints nearest = voronoi(position, DistanceMetric(metric), exponent);
  PyRef distances = PyRef::steal(
      new_list(4, [&](std::size_t i) { return PyFloat_FromDouble(nearest.distances[i]); }));
  PyRef points =
      PyRef::steal(new_list(4, [&](std::size_t i) { return vector3(module, nearest.points[i]); }));
  if (!distances || !points) {
    return nullptr;
  }
  return new_list(2,
                  [&](std::size_t i) { return i == 0 ? distances.release() : points.release(); });
}

PyObject* cell(PyObject*, PyObject* args) {
  PyObject* argument;
  float3 position;
  return PyArg_ParseTuple(args, "O:cell", &argument) &&
                 parse_float3(argument, &position, "cell position")
             ? PyFloat_FromDouble(2.0f * cell_noise(position) - 1.0f)
             : nullptr;
}

PyObject* cell_vector(PyObject* module, PyObject* args) {
  PyObject* argument;
  float3 position;
  return PyArg_ParseTuple(args, "O:cell_vector", &argument) &&
                 parse_float3(argument, &position, "cell_vector position")
             ? vector3(module, cell_noise_vector(position))
             : nullptr;
}

PyMethodDef* noise_functions() {
  constexpr int flags = METH_VARARGS | METH_KEYWORDS;
  static PyMethodDef functions[] = {
      {"random", random_function, METH_NOARGS,
       ".. function:: random()\n\nA random number from 0 up to 1."},
      {"random_unit_vector", with_keywords<random_unit_vector>(), flags,
       ".. function:: random_unit_vector(size=3)\n\nA random direction."},
      {"random_vector", with_keywords<random_vector>(), flags,
       ".. function:: random_vector(size=3)\n\nRandom components from -1 to 1."},
      {"seed_set", seed_set, METH_VARARGS,
       ".. function:: seed_set(seed)\n\nStarts the random numbers anew; 0 takes the time."},
      {"noise", with_keywords<noise_function>(), flags,
       ".. function:: noise(position, noise_basis='PERLIN_ORIGINAL')\n\nNoise at a position."},
      {"noise_vector", with_keywords<noise_vector>(), flags,
       ".. function:: noise_vector(position, noise_basis='PERLIN_ORIGINAL')\n\nThree noises at a "
       "position."},
      {"turbulence", with_keywords<turbulence_function>(), flags,
       ".. function:: turbulence(position, octaves, hard, noise_basis='PERLIN_ORIGINAL', "
       "amplitude_scale=0.5, frequency_scale=2.0)\n\nA sum of finer and finer noises."},
      {"turbulence_vector", with_keywords<turbulence_vector>(), flags,
       ".. function:: turbulence_vector(position, octaves, hard, noise_basis='PERLIN_ORIGINAL', "
       "amplitude_scale=0.5, frequency_scale=2.0)\n\nThree turbulences."},
      {"fractal", with_keywords<fractal>(), flags,
       ".. function:: fractal(position, H, lacunarity, octaves, noise_basis='PERLIN_ORIGINAL')\n\n"
       "Fractional Brownian motion."},
      {"multi_fractal", with_keywords<multi_fractal_function>(), flags,
       ".. function:: multi_fractal(position, H, lacunarity, octaves, "
       "noise_basis='PERLIN_ORIGINAL')\n\nMultifractal noise."},
      {"variable_lacunarity", with_keywords<variable_lacunarity>(), flags,
       ".. function:: variable_lacunarity(position, distortion, noise_type1='PERLIN_ORIGINAL', "
       "noise_type2='PERLIN_ORIGINAL')\n\nNoise distorted by noise."},
      {"hetero_terrain", with_keywords<hetero_terrain_function>(), flags,
       ".. function:: hetero_terrain(position, H, lacunarity, octaves, offset, "
       "noise_basis='PERLIN_ORIGINAL')\n\nHeterogeneous terrain."},
      {"hybrid_multi_fractal", with_keywords<hybrid_multi_fractal_function>(), flags,
       ".. function:: hybrid_multi_fractal(position, H, lacunarity, octaves, offset, gain, "
       "noise_basis='PERLIN_ORIGINAL')\n\nHybrid multifractal terrain."},
      {"ridged_multi_fractal", with_keywords<ridged_multi_fractal_function>(), flags,
       ".. function:: ridged_multi_fractal(position, H, lacunarity, octaves, offset, gain, "
       "noise_basis='PERLIN_ORIGINAL')\n\nRidged multifractal terrain."},
      {"voronoi", with_keywords<voronoi_function>(), flags,
       ".. function:: voronoi(position, distance_metric='DISTANCE', exponent=2.5)\n\nThe distances "
       "of the four nearest feature points, and the points."},
      {"cell", cell, METH_VARARGS,
       ".. function:: cell(position)\n\nA random number of each unit cube."},
      {"cell_vector", cell_vector, METH_VARARGS,
       ".. function:: cell_vector(position)\n\nA random vector of each unit cube."},
      {nullptr, nullptr, 0, nullptr}};
  return functions;
}

}  // namespace

bool add_noise(PyObject* module) {
  return add_submodule(module, "noise", "Noise and random numbers.", noise_functions());
}

}  // namespace kiln::python::mathutils
