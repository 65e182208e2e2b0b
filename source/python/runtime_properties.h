#pragma once

#include "python/struct_object.h"

namespace kiln::python {

/// The functions of a property that a script registered (strong references, null where it gave none).
struct PropertyCallbacks {
  PyRef update, get, set, poll, items;
};

/// Connects a property whose values lie in the custom properties with functions of a script: items before `keep_in_bag`, the others
/// after it, and the update function once the property is at its final address.
void connect_items(Property& property, std::shared_ptr<PropertyCallbacks> callbacks);
void connect_callbacks(Property& property, std::shared_ptr<PropertyCallbacks> callbacks);
void connect_update(Property& property, std::shared_ptr<PropertyCallbacks> callbacks);

/// Lets go of all functions of scripts, before the interpreter ends: properties may outlive it.
void drop_callbacks();

/// Calls the update function of a property that was written on this object. What the function raises is printed.
void call_update(StructObject* owner, const Property& property);

/// Names the object a property is read or written on, so that functions of scripts get the very same one. For the length of a call.
class AccessedObject {
 public:
  explicit AccessedObject(StructObject* owner);
  ~AccessedObject();
  AccessedObject(const AccessedObject&) = delete;
  AccessedObject& operator=(const AccessedObject&) = delete;

 private:
  StructObject* previous_;
};

/// `bpy.context` (strong).
PyObject* context_object();

}  // namespace kiln::python
