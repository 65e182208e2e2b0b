#include "python/pictures.h"

#include <cstring>

#include "image/image_file.h"
#include "image/scale.h"
#include "python/access.h"
#include "python/exceptions.h"

namespace kiln::python {
namespace {

using image::ImageBuffer;

// Pixels with four channels as bytes, rows from the bottom.
PyObject* bytes_of(const ImageBuffer& buffer) {
  return buffer.is_float() ? PyBytes_FromStringAndSize(reinterpret_cast<const char*>(buffer.floats().data()), Py_ssize_t(buffer.floats().size() * sizeof(float)))
                           : PyBytes_FromStringAndSize(reinterpret_cast<const char*>(buffer.bytes().data()), Py_ssize_t(buffer.bytes().size()));
}

// The picture that bytes stand for; false with an exception set where the sizes do not fit.
bool buffer_from(int width, int height, bool is_float, PyObject* data, ImageBuffer* out) {
  if (width < 1 || height < 1 || width > image::max_image_size || height > image::max_image_size) {
    PyErr_Format(PyExc_ValueError, "a picture has 1 to %d pixels a side, not %d x %d", image::max_image_size, width, height);
    return false;
  }
  char* bytes = nullptr;
  Py_ssize_t size = 0;
  if (PyBytes_AsStringAndSize(data, &bytes, &size) < 0) {
    return false;
  }
  const std::size_t needed = std::size_t(width) * std::size_t(height) * 4 * (is_float ? sizeof(float) : 1);
  if (std::size_t(size) != needed) {
    PyErr_Format(PyExc_ValueError, "%zd bytes are no picture of %d x %d", size, width, height);
    return false;
  }
  *out = is_float ? ImageBuffer::of_floats(width, height, 4) : ImageBuffer::of_bytes(width, height, 4);
  std::memcpy(is_float ? static_cast<void*>(out->edit_floats().data()) : out->edit_bytes().data(), bytes, needed);
  return true;
}

// read_picture(path) -> (width, height, planes, is float, bytes)
PyObject* read_picture(PyObject*, PyObject* name) {
  PyObject* encoded = nullptr;
  if (!PyUnicode_FSConverter(name, &encoded)) {
    return nullptr;
  }
  const PyRef holder = PyRef::steal(encoded);
  const Path path(PyBytes_AS_STRING(encoded));
  PyThreadState* thread = PyEval_SaveThread();
  const Result<image::ImageFile> file = image::read_image(path);
  PyEval_RestoreThread(thread);
  if (!file) {
    PyErr_SetString(file.error().kind == Error::Kind::Unreadable ? PyExc_OSError : PyExc_ValueError, file.error().message.c_str());
    return nullptr;
  }
  const ImageBuffer& pixels = file->pixels;
  PyObject* bytes = bytes_of(pixels);
  return bytes ? Py_BuildValue("(iiiON)", pixels.width(), pixels.height(), file->depth(), pixels.is_float() ? Py_True : Py_False, bytes) : nullptr;
}

// write_picture(path, width, height, planes, is float, bytes): the ending of the name says the format, PNG where it says none.
PyObject* write_picture(PyObject*, PyObject* args) {
  PyObject *name = nullptr, *data = nullptr;
  int width = 0, height = 0, planes = 32, is_float = 0;
  if (!PyArg_ParseTuple(args, "O&iiipO:write_picture", PyUnicode_FSConverter, &name, &width, &height, &planes, &is_float, &data)) {
    return nullptr;
  }
  const PyRef holder = PyRef::steal(name);
  const Path path(PyBytes_AS_STRING(name));
  ImageBuffer pixels;
  if (!buffer_from(width, height, is_float != 0, data, &pixels)) {
    return nullptr;
  }
  image::SaveSettings settings;
  const std::string extension = path.extension().string();
  for (const auto& [ending, format] : {std::pair{".png", image::FileFormat::Png},   {".jpg", image::FileFormat::Jpeg}, {".jpeg", image::FileFormat::Jpeg},
                                       {".bmp", image::FileFormat::Bmp},             {".tga", image::FileFormat::Targa}, {".tif", image::FileFormat::Tiff},
                                       {".tiff", image::FileFormat::Tiff},           {".exr", image::FileFormat::OpenExr}, {".hdr", image::FileFormat::Hdr}}) {
    if (extension == ending) {
      settings.format = format;
    }
  }
  settings.color_mode = planes <= 8 ? image::ColorMode::BW : planes <= 24 || settings.format == image::FileFormat::Jpeg || settings.format == image::FileFormat::Hdr ? image::ColorMode::RGB : image::ColorMode::RGBA;
  settings.depth = settings.format == image::FileFormat::OpenExr || settings.format == image::FileFormat::Hdr ? 32 : 8;
  PyThreadState* thread = PyEval_SaveThread();
  const Result<void> done = image::write_image(path, pixels, settings);
  PyEval_RestoreThread(thread);
  if (!done) {
    PyErr_SetString(PyExc_OSError, done.error().message.c_str());
    return nullptr;
  }
  Py_RETURN_NONE;
}

// scale_picture(width, height, is float, bytes, new width, new height) -> bytes
PyObject* scale_picture(PyObject*, PyObject* args) {
  PyObject* data = nullptr;
  int width = 0, height = 0, is_float = 0, new_width = 0, new_height = 0;
  ImageBuffer pixels;
  if (!PyArg_ParseTuple(args, "iipOii:scale_picture", &width, &height, &is_float, &data, &new_width, &new_height) ||
      !buffer_from(width, height, is_float != 0, data, &pixels)) {
    return nullptr;
  }
  if (new_width < 1 || new_height < 1 || new_width > image::max_image_size || new_height > image::max_image_size) {
    PyErr_Format(PyExc_ValueError, "a picture has 1 to %d pixels a side, not %d x %d", image::max_image_size, new_width, new_height);
    return nullptr;
  }
  return bytes_of(image::scaled(pixels, new_width, new_height));
}

PyMethodDef functions[] = {{"read_picture", read_picture, METH_O, "read_picture(path): (width, height, bits a pixel, is float, bytes)"},
                           {"write_picture", write_picture, METH_VARARGS, "write_picture(path, width, height, planes, is float, bytes)"},
                           {"scale_picture", scale_picture, METH_VARARGS, "scale_picture(width, height, is float, bytes, new width, new height): bytes"},
                           {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_picture_functions(PyObject* module) { return PyModule_AddFunctions(module, functions) == 0; }

}  // namespace kiln::python
