#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/progress.h"
#include "document/data_block.h"

namespace kiln {

class Mesh;
struct Image;
struct ImagePixels;
struct Object;
struct Texture;

/// What a modifier may know besides its settings and the mesh that comes in. Whatever it asks for
/// becomes an input of the evaluation step, so that the result is renewed when that changes.
class ModifierContext {
public:
  virtual ~ModifierContext() = default;

  virtual const Object& object() const = 0;  ///< the owner
  virtual bool is_render() const = 0;        ///< final quality rather than viewport
  virtual float frame() const = 0;
  /// The most levels of subdivision that the scene allows (`RenderSettings::use_simplify`).
  virtual int subdivision_limit() const = 0;
  virtual float4x4 world_matrix() const = 0;  ///< of the owner
  /// World matrix of another object; identity when there is none.
  virtual float4x4 world_matrix(BlockRef<Object> other) const = 0;
  /// Evaluated geometry of another object; null when it has none or depends on this one.
  virtual std::shared_ptr<const Mesh> mesh_of(BlockRef<Object> other) const = 0;
  /// Another data-block (a texture, an image); null when there is none.
  virtual const DataBlock* find(BlockId id) const = 0;
  template <typename T>
  const T* find(BlockRef<T> ref) const {
    const DataBlock* block = find(ref.id);
    return block && block->type() == T::block_type ? static_cast<const T*>(block) : nullptr;
  }
  /// The pixels of an image found by `find`; null when there are none.
  virtual std::shared_ptr<const ImagePixels> pixels_of(const Image& image) const;
  /// Something the user should know; shown with the modifier.
  virtual void warn(std::string message) = 0;
  virtual Progress& progress() = 0;
};

/// One step of an object's modifier stack: settings, their schema, and a pure function, in one file
/// of `modeling/modifiers`.
class Modifier {
public:
  std::string name;
  bool show_viewport = true;
  bool show_render = true;
  bool show_in_editmode = true;
  bool show_expanded = true;

  virtual ~Modifier() = default;
  virtual const Schema& dynamic_schema() const = 0;
  virtual std::shared_ptr<Modifier> clone() const = 0;
  /// The mesh after this modifier. Inputs it cannot use come back unchanged, with a warning.
  virtual Mesh apply(const Mesh& mesh, ModifierContext& context) const = 0;

  static const Schema& schema();
};

/// What a modifier type `Self` needs besides its settings and `apply`: `struct Bevel :
/// ModifierType<Bevel> {...}`.
template <typename Self>
class ModifierType : public Modifier {
public:
  const Schema& dynamic_schema() const override { return Self::schema(); }
  std::shared_ptr<Modifier> clone() const override {
    return std::make_shared<Self>(static_cast<const Self&>(*this));
  }
};

}  // namespace kiln
