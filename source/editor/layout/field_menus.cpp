#include "editor/layout/field_menus.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>

#include "document/image.h"
#include "document/material.h"
#include "document/world.h"
#include "editor/layout/choice_popup.h"
#include "editor/layout/color_popup.h"
#include "editor/window/commands.h"
#include "editor/window/editor.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

using Field = PlacedItem::Field;

constexpr std::size_t most_choices = 200;

QString key_of(BlockId id) {
  return QStringLiteral("%1/%2").arg(id.slot).arg(id.serial);
}
Value block_named(const QString& key) {
  const QStringList parts = key.split('/');
  return parts.size() == 2 ? Value(BlockId{parts[0].toUInt(), parts[1].toUInt()}) : Value();
}

void into_clipboard(const std::string& text) {
  QApplication::clipboard()->setText(QString::fromStdString(text));
}

// A new block of the kind a pointer refers to; an empty id where this is no kind that can be made.
Result<BlockId> add_block(Document& document, const Schema& target, const Services& services) {
  if (target.is_a(Material::schema()) || target.is_a(World::schema())) {
    const bool is_material = target.is_a(Material::schema());
    const BlockId made =
        is_material ? document.add<Material>("Material").id : document.add<World>("World").id;
    const Schema& schema = is_material ? Material::schema() : World::schema();
    const Result<void> done =
        set_value(document, {made, {}}, *schema.property("use_nodes"), Value(true), services);
    return done ? Result<BlockId>(made) : Result<BlockId>(done.error());
  }
  if (target.is_a(Collection::schema())) {
    return document.add<Collection>("Collection").id;
  }
  return Error::invalid("new data of this kind is made elsewhere");
}

}  // namespace

void FieldMenus::choose_item(const PlacedItem& placed, QPoint at) {
  const LayoutItem item = *placed.item;
  const Property& p = *item.property;
  QMenu& menu = open_menu();
  for (const EnumItem& choice : values_.items(item)) {
    if (choice.identifier.empty()) {
      menu.addSection(QString::fromStdString(choice.label));
      continue;
    }
    QAction* action = menu.addAction(QString::fromStdString(choice.label));
    LayoutItem one = item;
    one.item = choice.identifier;
    PlacedItem field{&one, {}, {}, {}, Field::EnumItem};
    action->setCheckable(true);
    action->setChecked(values_.is_on(field));
    action->setToolTip(QString::fromStdString(choice.description));
    QObject::connect(action, &QAction::triggered, &parent_, [this, one] {
      values_.toggle({&one, {}, {}, {}, Field::EnumItem});
    });
  }
  if (menu.isEmpty()) {
    menu.addAction(QString::fromStdString(p.label + ": nothing to choose from"))->setEnabled(false);
  }
  menu.popup(at);
}

void FieldMenus::choose_block(const PlacedItem& placed) {
  const LayoutItem item = *placed.item;
  const Schema* target = item.property->target_schema();
  if (!target) {
    return;
  }
  const auto find = [this, item, target](const QString& text) {
    std::vector<Choice> choices;
    if (!item.property->is_never_none) {
      choices.push_back({QStringLiteral("None"), {}, true, {}});
    }
    const Document& document = context_.session.document();
    const ConstRef owner = values_.owner(item);
    for (int type = 0; type < block_type_count && owner; ++type) {
      for (const BlockId id : document.all(BlockType(type))) {
        const DataBlock* block = document.find(id);
        if (!block->dynamic_schema().is_a(*target)) {
          break;
        }
        const QString name = QString::fromStdString(block->name);
        if (!name.contains(text, Qt::CaseInsensitive) ||
            (item.property->accepts &&
             !item.property->accepts(
                 owner, reference_to(*block, &document, &context_.session.services())))) {
          continue;
        }
        const int users = document.users(id);
        choices.push_back({name, users == 0 ? QStringLiteral("unused") : QString::number(users),
                           true, key_of(id)});
        if (choices.size() >= most_choices) {
          return choices;
        }
      }
    }
    return choices;
  };
  auto* popup = new ChoicePopup(
      context_, QString::fromStdString(item.property->label), find,
      [this, item](const Choice& choice) { values_.set(item, block_named(choice.key)); }, &parent_);
  popup->show();
}

void FieldMenus::choose_candidate(const PlacedItem& placed) {
  const LayoutItem item = *placed.item;
  const auto find = [item](const QString& text) {
    std::vector<Choice> choices;
    for (const std::string& candidate : item.candidates) {
      const QString name = QString::fromStdString(candidate);
      if (name.contains(text, Qt::CaseInsensitive) && choices.size() < most_choices) {
        choices.push_back({name, {}, true, name});
      }
    }
    return choices;
  };
  const bool is_pointer = item.property->type == PropertyType::Pointer;
  auto* popup = new ChoicePopup(
      context_, QString::fromStdString(item.property->label), find,
      [this, item, is_pointer](const Choice& choice) {
        if (!is_pointer) {
          values_.set(item, Value(choice.key.toStdString()));
        }
      },
      &parent_);
  popup->show();
}

void FieldMenus::pick_color(const PlacedItem& placed) {
  const LayoutItem item = *placed.item;
  const std::optional<Value> value = values_.value(placed);
  if (!value || value->as_numbers().size() < 3) {
    return;
  }
  const std::size_t count = value->as_numbers().size();
  float4 color{0, 0, 0, 1};
  for (std::size_t i = 0; i < std::min<std::size_t>(count, 4); ++i) {
    color[int(i)] = float(value->as_numbers()[i]);
  }
  const std::uint64_t key = unique_number();
  auto* popup = new ColorPopup(
      context_, color, count == 4, item.property->subtype == Subtype::Color,
      [this, item, key, count](float4 picked) {
        Value::Numbers numbers{picked.x, picked.y, picked.z};
        if (count == 4) {
          numbers.push_back(picked.w);
        }
        values_.set(item, Value(std::move(numbers)), key);
        parent_.update();
      },
      &parent_);
  popup->show();
}

void FieldMenus::make_block(const PlacedItem& placed) {
  const LayoutItem item = *placed.item;
  const DataBlock* now = values_.block(placed);
  const Schema* target = item.property->target_schema();
  Session& session = context_.session;
  if (!target || item.script_owner) {
    return;
  }
  session.edit(
      now ? "Copy " + now->name : "New " + target->label, [&](Document& document) -> Result<void> {
        const Result<BlockId> made = now ? Result<BlockId>(document.duplicate(now->id))
                                         : add_block(document, *target, session.services());
        return made ? set_value(document, item.owner, *item.property, Value(*made),
                                session.services())
                    : Result<void>(made.error());
      });
}

void FieldMenus::click_part(const PlacedItem& placed) {
  const DataBlock* block = values_.block(placed);
  switch (BlockPart(placed.index)) {
    case BlockPart::Users:
      if (block && context_.session.document().users(block->id) > 1) {
        make_block(placed);
      }
      break;
    case BlockPart::FakeUser:
      if (block) {
        context_.session.set({block->id, {}}, *DataBlock::schema().property("use_fake_user"),
                             Value(!block->use_fake_user));
      }
      break;
    case BlockPart::New:
      make_block(placed);
      break;
    case BlockPart::Unlink:
      if (block && !placed.item->property->is_never_none) {
        values_.set(LayoutItem(*placed.item), Value());
      }
      break;
  }
}

void FieldMenus::copy_value(const PlacedItem& placed) {
  const std::optional<Value> value = values_.value(placed);
  if (!value) {
    return;
  }
  if (placed.field == Field::Number || placed.field == Field::Toggle) {
    into_clipboard(fmt::format("{:.7g}", values_.number(placed)));
  } else if (placed.field == Field::Text) {
    into_clipboard(value->as_string());
  } else {
    into_clipboard(python_literal(*value));
  }
}

void FieldMenus::paste_value(const PlacedItem& placed) {
  const std::string text = QApplication::clipboard()->text().trimmed().toStdString();
  const LayoutItem item = *placed.item;
  if (text.empty() || !values_.is_editable(item)) {
    return;
  }
  if (placed.field == Field::Number || placed.field == Field::Text) {
    values_.set_text(item, placed.index, text);
    return;
  }
  if (placed.field == Field::Color) {
    // "(0.8, 0.2, 0.1, 1)"
    QString plain = QString::fromStdString(text);
    plain.remove('(').remove(')');
    Value::Numbers numbers;
    for (const QString& part : plain.split(',')) {
      bool is_number = false;
      numbers.push_back(part.trimmed().toDouble(&is_number));
      if (!is_number) {
        return;
      }
    }
    if (int(numbers.size()) == item.property->length) {
      values_.set(item, Value(std::move(numbers)));
    }
  }
}

void FieldMenus::add_value_items(QMenu& menu, const PlacedItem& placed) {
  const LayoutItem item = *placed.item;
  const Property& p = *item.property;
  const bool is_editable = values_.is_editable(item);
  // The field as it is now, whatever becomes of the layout.
  const auto with_field = [this, item, placed](void (FieldMenus::*act)(const PlacedItem&)) {
    return [this, item, placed, act] {
      PlacedItem field = placed;
      field.item = &item;
      (this->*act)(field);
    };
  };
  menu.addAction(QStringLiteral("Reset to Default Value"), [this, item] { values_.reset(item); })
      ->setEnabled(is_editable);
  if (values_.is_changed_override(item)) {
    menu.addAction(QStringLiteral("Reset to Library Value"),
                   [this, item] { values_.reset_to_library(item); })
        ->setEnabled(is_editable);
  }
  menu.addSeparator();
  menu.addAction(QStringLiteral("Copy Value"), with_field(&FieldMenus::copy_value));
  menu.addAction(QStringLiteral("Paste Value"), with_field(&FieldMenus::paste_value))
      ->setEnabled(is_editable);
  if (!item.owner) {
    return;
  }
  const Session& session = context_.session;
  const std::string full = python_path(session.document(), item.owner, &p, session.services());
  const std::string inner =
      item.owner.steps.empty() ? "" : path_of(session.document(), item.owner, &session.services());
  const std::optional<Value> value = values_.value(placed);
  const auto copies = [](std::string text) {
    return [text = std::move(text)] { into_clipboard(text); };
  };
  menu.addSeparator();
  menu.addAction(QStringLiteral("Copy Data Path"),
                 copies((inner.empty() ? "" : inner + ".") + p.identifier));
  menu.addAction(QStringLiteral("Copy Full Data Path"), copies(full));
  menu.addAction(QStringLiteral("Copy as Python"),
                 copies(full + " = " + (value ? python_literal(*value) : "None")));
}

void FieldMenus::show_context_menu(const PlacedItem& placed, QPoint at) {
  const LayoutItem& item = *placed.item;
  QMenu& menu = open_menu();
  if (item.property && placed.field != Field::Row && placed.field != Field::Filter) {
    add_value_items(menu, placed);
  } else if (!item.command.empty()) {
    menu.addAction(QStringLiteral("Copy as Python"),
                   [item] { into_clipboard(python_call(item.command, item.settings)); });
  }
  add_script_items(menu, context_, "WM_MT_button_context");
  menu.popup(at);
}

QMenu& FieldMenus::open_menu() {
  auto* menu = new QMenu(&parent_);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  return *menu;
}

}  // namespace kiln::editor
