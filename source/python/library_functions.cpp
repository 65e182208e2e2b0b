#include "python/library_functions.h"

#include "core/interrupts.h"
#include "document/external_paths.h"
#include "document/file/libraries.h"
#include "python/access.h"
#include "python/types.h"

namespace kiln::python {
namespace {

// The path of a Python string or bytes; empty with an exception set.
Path path_of(PyObject* object) {
  PyObject* bytes = nullptr;
  if (!PyUnicode_FSConverter(object, &bytes)) {
    return {};
  }
  const PyRef holder = PyRef::steal(bytes);
  return Path(std::string(PyBytes_AS_STRING(bytes), std::size_t(PyBytes_GET_SIZE(bytes))));
}

std::optional<BlockType> type_of_collection(std::string_view name) {
  for (int i = 0; i < block_type_count; ++i) {
    if (data_collection_name(BlockType(i)) == name) {
      return BlockType(i);
    }
  }
  return std::nullopt;
}

PyObject* text(const std::string& value) {
  return PyUnicode_DecodeUTF8(value.data(), Py_ssize_t(value.size()), "surrogateescape");
}

// library_names(path, assets_only): the names in a file, a dictionary by collection.
PyObject* library_names(PyObject*, PyObject* args) {
  PyObject* argument = nullptr;
  int assets_only = 0;
  if (!PyArg_ParseTuple(args, "Op:library_names", &argument, &assets_only)) {
    return nullptr;
  }
  const Path path = path_of(argument);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  const Result<std::vector<LibraryItem>> items = list_library(path, state().registry(), assets_only != 0);
  if (!items) {
    return raise(items.error(), PyExc_OSError);
  }
  PyRef names = PyRef::steal(PyDict_New());
  for (const LibraryItem& item : *items) {
    const std::string collection(data_collection_name(item.type));
    PyObject* list = PyDict_GetItemString(names.get(), collection.c_str());  // borrowed
    if (!list) {
      const PyRef made = PyRef::steal(PyList_New(0));
      if (!made || PyDict_SetItemString(names.get(), collection.c_str(), made.get()) < 0) {
        return nullptr;
      }
      list = made.get();
    }
    const PyRef name = PyRef::steal(text(item.name));
    if (!name || PyList_Append(list, name.get()) < 0) {
      return nullptr;
    }
  }
  return names.release();
}

// library_link(path, filepath, wanted, is_append): `wanted` is a list of (collection, name); gives
// a list of blocks and None.
PyObject* library_link(PyObject*, PyObject* args) {
  PyObject *path = nullptr, *wanted = nullptr;
  const char* filepath = nullptr;
  int is_append = 0;
  if (!PyArg_ParseTuple(args, "OsO!p:library_link", &path, &filepath, &PyList_Type, &wanted,
                        &is_append)) {
    return nullptr;
  }
  LinkRequest request;
  request.path = path_of(path);
  request.filepath = filepath;
  request.is_append = is_append != 0;
  if (PyErr_Occurred()) {
    return nullptr;
  }
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(wanted); ++i) {
    const char *collection = nullptr, *name = nullptr;
    if (!PyArg_ParseTuple(PyList_GET_ITEM(wanted, i), "ss:library_link", &collection, &name)) {
      return nullptr;
    }
    const std::optional<BlockType> type = type_of_collection(collection);
    request.items.push_back({type.value_or(BlockType::Library), name});
  }
  Progress progress;
  const Interrupts::Scope scope(state().services().find<Interrupts>(), progress);
  const Result<Linked> linked =
      link_blocks(state().document(), state().project->path, request, state().registry(), progress);
  if (!linked) {
    return raise(linked.error(), PyExc_OSError);
  }
  for (const std::string& warning : linked->warnings) {
    PySys_FormatStdout("Warning: %s\n", warning.c_str());
  }
  PyRef list = PyRef::steal(PyList_New(0));
  for (const BlockId id : linked->items) {
    const PyRef block = PyRef::steal(id ? make_block(id) : Py_NewRef(Py_None));
    if (!list || !block || PyList_Append(list.get(), block.get()) < 0) {
      return nullptr;
    }
  }
  return list.release();
}

// library_write(path, blocks, fake_user, path_remap): writes a file with these blocks and all that
// they refer to.
PyObject* library_write(PyObject*, PyObject* args) {
  PyObject *path = nullptr, *set = nullptr;
  int use_fake_user = 0;
  const char* remap_name = "NONE";
  if (!PyArg_ParseTuple(args, "OO!p|s:library_write", &path, &PySet_Type, &set, &use_fake_user,
                        &remap_name)) {
    return nullptr;
  }
  const std::string_view remap(remap_name);
  const PathRemap how = remap == "RELATIVE"       ? PathRemap::Relative
                        : remap == "RELATIVE_ALL" ? PathRemap::RelativeAll
                        : remap == "ABSOLUTE"     ? PathRemap::Absolute
                                                  : PathRemap::None;
  const Path file = path_of(path);
  const PyRef items = PyRef::steal(PyErr_Occurred() ? nullptr : PySequence_Tuple(set));
  if (!items) {
    return nullptr;
  }
  std::vector<BlockId> blocks;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(items.get()); ++i) {
    PyObject* item = PyTuple_GET_ITEM(items.get(), i);
    ConstRef ref;
    if (!is_struct(item)) {
      PyErr_Format(PyExc_TypeError, "Expected an ID type, not %.200s", Py_TYPE(item)->tp_name);
      return nullptr;
    }
    if (!find(reinterpret_cast<StructObject*>(item), &ref)) {
      return nullptr;
    }
    if (!ref.block || ref.data != ref.block || !state().document().find(ref.block->id)) {
      PyErr_Format(PyExc_TypeError, "Expected an ID type, not %.200s", Py_TYPE(item)->tp_name);
      return nullptr;
    }
    blocks.push_back(ref.block->id);
  }
  std::sort(blocks.begin(), blocks.end());
  state().document().settle();
  Document part = extract_blocks(state().document(), blocks, use_fake_user != 0);
  remap_external_paths(part, state().project->path, std::filesystem::absolute(file), how);
  Progress progress;
  const Interrupts::Scope scope(state().services().find<Interrupts>(), progress);
  const Result<SaveReport> report = save_document(part, file, progress);
  if (!report) {
    return raise(report.error(), PyExc_OSError);
  }
  Py_RETURN_NONE;
}

// block_type(block): the kind of a data-block, such as "MESH"; None for anything else.
PyObject* block_type(PyObject*, PyObject* object) {
  ConstRef ref;
  if (!is_struct(object)) {
    Py_RETURN_NONE;
  }
  if (!find(reinterpret_cast<StructObject*>(object), &ref)) {
    return nullptr;
  }
  if (!ref.block || ref.data != ref.block) {
    Py_RETURN_NONE;
  }
  return text(std::string(identifier_of(ref.block->type())));
}

// user_map(): every block of the document with those that use it.
PyObject* user_map(PyObject*, PyObject*) {
  const Document& document = state().document();
  PyRef map = PyRef::steal(PyDict_New());
  std::vector<BlockId> all;
  document.for_each([&](const DataBlock& block) {
    if (!block.is_embedded()) {
      all.push_back(block.id);
    }
  });
  for (const BlockId id : all) {
    const PyRef key = PyRef::steal(make_block(id));
    const PyRef users = PyRef::steal(PySet_New(nullptr));
    if (!map || !key || !users || PyDict_SetItem(map.get(), key.get(), users.get()) < 0) {
      return nullptr;
    }
    for (BlockId user : document.users_of(id)) {
      // What a part uses is used by the whole.
      for (const DataBlock* block = document.find(user); block && block->owner;
           block = document.find(user)) {
        user = block->owner;
      }
      const PyRef object = PyRef::steal(user == id ? nullptr : make_block(user));
      if (object && PySet_Add(users.get(), object.get()) < 0) {
        return nullptr;
      }
    }
  }
  return map.release();
}

PyMethodDef functions[] = {
    {"library_names", library_names, METH_VARARGS,
     "library_names(path, assets_only): names in a file by collection"},
    {"library_link", library_link, METH_VARARGS, "library_link(path, filepath, wanted, is_append)"},
    {"library_write", library_write, METH_VARARGS, "library_write(path, blocks, fake_user, path_remap)"},
    {"block_type", block_type, METH_O, "block_type(block): such as 'MESH'"},
    {"user_map", user_map, METH_NOARGS, "user_map(): all blocks with their users"},
    {nullptr, nullptr, 0, nullptr}};

}  // namespace

bool add_library_functions(PyObject* module) {
  return PyModule_AddFunctions(module, functions) == 0;
}

}  // namespace kiln::python
