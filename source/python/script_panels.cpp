#include "python/script_panels.h"

#include "core/schema/bag_property.h"
#include "python/access.h"
#include "python/exceptions.h"
#include "python/gil.h"
#include "python/script_values.h"

namespace kiln::python {
namespace {

using Item = ScriptLayoutItem;

constexpr int deepest = 64;

// The struct behind an object of a script, for as long as a layout refers to it.
class PythonOwner final : public ScriptOwner {
public:
  explicit PythonOwner(PyObject* object) : object_(Py_NewRef(object)) {}
  ~PythonOwner() override {
    const GilLock lock;
    Py_DECREF(object_);
  }
  PythonOwner(const PythonOwner&) = delete;
  PythonOwner& operator=(const PythonOwner&) = delete;

  ConstRef find() const override {
    const GilLock lock;
    ConstRef ref;
    if (!python::find(self(), &ref)) {
      PyErr_Clear();
      return {};
    }
    return ref;
  }
  Result<void> set(const Property& property, const Value& value) override {
    const GilLock lock;
    const PyRef object = PyRef::steal(to_python(value, property, self()));
    if (!object || set_property(self(), property, object.get()) < 0) {
      return Error::invalid("{}", take_traceback());
    }
    return {};
  }

private:
  StructObject* self() const { return reinterpret_cast<StructObject*>(object_); }
  PyObject* object_;
};

Item::Kind kind_of(const std::string& name) {
  using Kind = Item::Kind;
  static constexpr std::pair<const char*, Kind> kinds[] = {
      {"ROW", Kind::Row},           {"BOX", Kind::Box},
      {"SPLIT", Kind::Split},       {"GRID", Kind::Grid},
      {"PIE", Kind::Pie},           {"SUBMENU", Kind::SubMenu},
      {"LABEL", Kind::Label},       {"PROPERTY", Kind::Property},
      {"OPERATOR", Kind::Operator}, {"SEPARATOR", Kind::Separator},
      {"SPACER", Kind::Spacer},     {"MENU", Kind::Menu},
      {"POPOVER", Kind::Popover},   {"LIST", Kind::List},
      {"NATIVE", Kind::Native},     {"PICTURE", Kind::Picture}};
  for (const auto& [known, kind] : kinds) {
    if (name == known) {
      return kind;
    }
  }
  return Kind::Column;
}

void read_property(PyObject* dict, Item& item) {
  PyObject* owner = entry(dict, "owner");
  ConstRef ref;
  if (owner && is_struct(owner) && find(reinterpret_cast<StructObject*>(owner), &ref)) {
    auto* object = reinterpret_cast<StructObject*>(owner);
    item.property = state().registry().property(*ref.schema, text(dict, "property"));
    if (item.property && root_of(object)) {
      item.script_owner = std::make_shared<PythonOwner>(owner);
    } else {
      item.owner = handle_of(object);
    }
  }
  PyErr_Clear();
  if (!item.property) {
    // Custom properties without a definition are shown by the editor of custom properties.
    item.kind = Item::Kind::Label;
    const std::string name = text(dict, "key").empty() ? text(dict, "property") : text(dict, "key");
    const PyRef key = PyRef::steal(PyUnicode_FromString(name.c_str()));
    const PyRef value = PyRef::steal(owner && key ? PyObject_GetItem(owner, key.get()) : nullptr);
    const PyRef shown = PyRef::steal(value ? PyObject_Str(value.get()) : nullptr);
    PyErr_Clear();
    item.text = item.has_text ? item.text : name;
    item.text += shown ? (item.text.empty() ? "" : ": ") + text(shown.get()) : std::string();
  }
}

// Of (width, height, bytes); null for anything else.
std::shared_ptr<const ScriptIcon> picture(PyObject* tuple) {
  int width = 0, height = 0;
  PyObject* bytes = nullptr;
  if (!tuple || !PyTuple_Check(tuple)) {
    return nullptr;
  }
  if (!PyArg_ParseTuple(tuple, "iiS", &width, &height, &bytes)) {
    PyErr_Clear();
    return nullptr;
  }
  constexpr int largest = 4096;
  if (width < 1 || height < 1 || width > largest || height > largest ||
      PyBytes_GET_SIZE(bytes) != Py_ssize_t(width) * height * 4) {
    return nullptr;
  }
  auto icon = std::make_shared<ScriptIcon>();
  icon->width = width;
  icon->height = height;
  const char* first = PyBytes_AS_STRING(bytes);
  icon->bytes.assign(first, first + PyBytes_GET_SIZE(bytes));
  return icon;
}

Item make_item(PyObject* dict, int depth) {
  Item item;
  if (!PyDict_Check(dict) || depth > deepest) {
    return item;
  }
  item.kind = kind_of(text(dict, "kind"));
  item.has_text = entry(dict, "text") != nullptr;
  item.text = text(dict, "text");
  item.icon = text(dict, "icon");
  item.picture = picture(entry(dict, "picture"));
  item.name = text(dict, "name");
  item.item = text(dict, "item");
  item.filter = text(dict, "filter");
  item.has_own_filter = flag(dict, "has_own_filter", false);
  item.tip = text(dict, "tip");
  item.is_enabled = flag(dict, "enabled", true);
  item.is_warning = flag(dict, "alert", false) || flag(dict, "is_missing", false);
  item.is_toggle = flag(dict, "is_toggle", false);
  item.is_expanded = flag(dict, "is_expanded", false);
  item.is_plain = flag(dict, "is_plain", false);
  item.is_depressed = flag(dict, "is_depressed", false);
  item.is_aligned = flag(dict, "align", false);
  item.is_inverted = flag(dict, "is_inverted", false);
  item.is_slider = flag(dict, "is_slider", false);
  item.is_active = flag(dict, "is_active", false);
  item.is_split = flag(dict, "splits", false);
  item.is_block = flag(dict, "is_block", false);
  item.is_alphabetic = flag(dict, "is_alphabetic", false);
  item.is_reversed = flag(dict, "is_reversed", false);
  item.invokes = flag(dict, "invokes", true);
  item.factor = float(std::clamp(number(dict, "factor", 0.0), 0.0,
                                 item.kind == Item::Kind::Picture ? 40.0 : 1.0));
  item.count = int(std::clamp(number(dict, "columns", number(dict, "rows", 0.0)), 0.0, 64.0));
  item.width = float(std::clamp(number(dict, "units_x", 0.0), 0.0, 100.0));
  item.index = int(std::clamp(number(dict, "index", -1.0), -1.0, 1e6));
  if (flag(dict, "icon_only", false)) {
    item.has_text = true;
    item.text.clear();
  }
  if (item.kind == Item::Kind::Property || item.kind == Item::Kind::List) {
    read_property(dict, item);
  }
  if (PyObject* candidates = entry(dict, "candidates"); candidates && PyList_Check(candidates)) {
    item.has_candidates = true;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(candidates); ++i) {
      item.candidates.push_back(text(PyList_GET_ITEM(candidates, i)));
    }
  }
  item.operator_name = text(dict, "operator");
  item.new_operator = text(dict, "new");
  item.settings = simple_settings(entry(dict, "settings"));
  PyErr_Clear();
  PyObject* children = entry(dict, "children");
  for (Py_ssize_t i = 0; children && PyList_Check(children) && i < PyList_GET_SIZE(children); ++i) {
    item.children.push_back(make_item(PyList_GET_ITEM(children, i), depth + 1));
  }
  return item;
}

std::optional<ScriptPanel> make_panel(PyObject* dict, int depth) {
  PyObject* content = entry(dict, "content");
  if (!content || depth > deepest) {
    return std::nullopt;
  }
  ScriptPanel panel{
      text(dict, "identifier"),        text(dict, "title"),
      text(dict, "category"),          flag(dict, "is_open", true),
      flag(dict, "is_refused", false), int(std::clamp(number(dict, "width", 0.0), 0.0, 2000.0)),
      make_item(content, 0),           {}};
  PyObject* inner = entry(dict, "panels");
  for (Py_ssize_t i = 0; inner && PyList_Check(inner) && i < PyList_GET_SIZE(inner); ++i) {
    if (std::optional<ScriptPanel> made = make_panel(PyList_GET_ITEM(inner, i), depth + 1)) {
      panel.panels.push_back(std::move(*made));
    }
  }
  return panel;
}

// Calls a function of a module of bpy; what it raises is printed.
template <typename... Args>
PyRef call(const char* module_name, const char* function, const char* format, Args... arguments) {
  const PyRef module = PyRef::steal(PyImport_ImportModule(module_name));
  PyRef result = PyRef::steal(
      module ? PyObject_CallMethod(module.get(), function, format, arguments...) : nullptr);
  if (!result) {
    print_exception();
  }
  return result;
}

std::optional<ScriptPanel> draw_named(const char* kind, std::string_view name) {
  const GilLock lock;
  const PyRef dict = call("bpy._ui", "draw_named", "ss", kind, std::string(name).c_str());
  return dict ? make_panel(dict.get(), 0) : std::nullopt;
}

}  // namespace

std::optional<ScriptPanel> read_panel(PyObject* dict) {
  return make_panel(dict, 0);
}

std::vector<ScriptPanel> PythonPanels::draw(std::string_view space, std::string_view region,
                                            std::string_view context) {
  std::vector<ScriptPanel> panels;
  const GilLock lock;
  const PyRef list = call("bpy._ui", "draw_panels", "sss", std::string(space).c_str(),
                          std::string(region).c_str(), std::string(context).c_str());
  for (Py_ssize_t i = 0; list && PyList_Check(list.get()) && i < PyList_GET_SIZE(list.get()); ++i) {
    if (std::optional<ScriptPanel> panel = make_panel(PyList_GET_ITEM(list.get(), i), 0)) {
      panels.push_back(std::move(*panel));
    }
  }
  return panels;
}

std::optional<ScriptPanel> PythonPanels::draw_menu(std::string_view name) {
  return draw_named("Menu", name);
}
std::optional<ScriptPanel> PythonPanels::draw_panel(std::string_view name) {
  return draw_named("Panel", name);
}

std::optional<ScriptLayoutItem> PythonPanels::draw_header(std::string_view space) {
  const GilLock lock;
  const PyRef dict = call("bpy._ui", "draw_headers", "s", std::string(space).c_str());
  return dict && PyDict_Check(dict.get()) ? std::optional(make_item(dict.get(), 0)) : std::nullopt;
}

std::optional<ScriptPanel> PythonPanels::draw_preferences(std::string_view module) {
  const GilLock lock;
  const PyRef dict = call("bpy._ui", "draw_preferences", "s", std::string(module).c_str());
  return dict ? make_panel(dict.get(), 0) : std::nullopt;
}

void PythonPanels::set_list_filter(const std::string& name, const std::string& filter,
                                   bool is_alphabetic, bool is_reversed) {
  const GilLock lock;
  call("bpy._lists", "set_filter", "ssOO", name.c_str(), filter.c_str(),
       is_alphabetic ? Py_True : Py_False, is_reversed ? Py_True : Py_False);
}

}  // namespace kiln::python
