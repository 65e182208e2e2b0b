#include "editor/image/image_editor.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>
#include <cmath>

#include "document/editor_spaces.h"
#include "document/image.h"
#include "document/material.h"
#include "document/node_tree.h"
#include "document/object.h"
#include "document/scene.h"
#include "editor/image/document_picture.h"
#include "editor/image/plane_navigation.h"
#include "editor/layout/choice_popup.h"
#include "editor/layout/layout_popup.h"
#include "editor/preferences/current.h"
#include "editor/window/commands.h"
#include "editor/window/menus.h"
#include "editor/window/mouse_buttons.h"
#include "editor/window/sidebar.h"
#include "editor/window/space_owner.h"
#include "operators/color_service.h"
#include "operators/picture_settings.h"
#include "operators/render_picture.h"

namespace kiln::editor {
namespace {

// The image of the active texture node in the active material of the mesh that is edited.
BlockId active_texture(const Session& session) {
  const Document& document = session.document();
  const Object* object = session.active_object();
  if (!object || object->mode != ObjectMode::Edit) {
    return {};
  }
  const Material* material =
      document.find(slot_material(document, *object, object->active_material_index));
  const NodeTree* tree = material ? document.find(material->node_tree) : nullptr;
  const Node* node = tree ? tree->find_node(tree->active_node) : nullptr;
  const Property* image = node && node->dynamic_schema().identifier == "ShaderNodeTexImage"
                              ? node->dynamic_schema().property("image")
                              : nullptr;
  return image ? read(ConstRef{&node->dynamic_schema(), node}, *image).as_block() : BlockId{};
}

const std::vector<EnumItem>& channel_items() {
  return SpaceImageEditor::schema().property("display_channels")->items;
}

QString channels_label(ImageChannels channels) {
  for (const EnumItem& item : channel_items()) {
    if (item.value == int(channels)) {
      return QString::fromStdString(item.label);
    }
  }
  return {};
}

// Settings of an editor that lie in no document, as panels show and change them; lives no longer
// than the editor.
template <typename T>
class PartOwner : public ScriptOwner {
public:
  PartOwner(T& part, std::function<void()> changed) : part_(part), changed_(std::move(changed)) {}
  ConstRef find() const override { return {&T::schema(), &part_}; }
  Result<void> set(const Property& property, const Value& value) override {
    const Result<void> done = write({&T::schema(), &part_}, property, value);
    changed_();
    return done;
  }

private:
  T& part_;
  std::function<void()> changed_;
};

void add_setting(LayoutItem& panel, const std::shared_ptr<ScriptOwner>& owner,
                 const Property& property) {
  LayoutItem item{.kind = LayoutItem::Kind::Property};
  item.script_owner = owner;
  item.property = &property;
  panel.add(std::move(item));
}

}  // namespace

ImageEditor::ImageEditor(EditorContext& context)
    : Editor(context),
      canvas_(new ImageCanvas(context)),
      followed_(active_texture(context.session)),
      space_owner_(std::make_shared<SpaceOwner>(*this, std::make_shared<SpaceImageEditor>())) {
  canvas_->setParent(this);
  canvas_->installEventFilter(this);
  navigation_ = new PlaneNavigation(theme(),
                                    {[this](double factor) {
                                       canvas_->zoom_at(QRectF(canvas_->rect()).center(), factor);
                                       update_line();
                                     },
                                     [this](QPointF step) { canvas_->move_by(step); }},
                                    canvas_);
  side_ = new Sidebar(
      context, "IMAGE_EDITOR", {"Image", "View", "Scopes"},
      [this](const std::string& tab, LayoutItem& root) { fill_side(tab, root); }, this);
  side_->hide();
  connections_.push_back(context.render.picture_changed.connect([this] {
    if (!image_) {
      refresh();
    }
  }));
  connections_.push_back(context.session.scene_evaluated.connect([this] {
    const Image* image = session().document().find<Image>(image_);
    if (image && picture_number(*image, user_, session().frame()) != number_) {
      refresh();
    }
  }));
  connections_.push_back(context.session.changed.connect([this](const ChangeSet& changes) {
    follow_texture();
    // The view settings of the scene, and the image that is shown.
    for (const BlockChange& change : changes.blocks) {
      if ((change.type == BlockType::Scene && any(change.kinds & Change::Settings)) ||
          change.block == image_) {
        refresh();
        return;
      }
    }
  }));
  connections_.push_back(context.theme_changed.connect([this] { canvas_->update(); }));
  refresh();
}

ImageEditor::~ImageEditor() {
  *is_alive_ = false;
}

void ImageEditor::resizeEvent(QResizeEvent*) {
  place_parts();
}

void ImageEditor::place_parts() {
  const int side = side_->isHidden() ? 0 : side_->width();
  canvas_->setGeometry(0, 0, width() - side, height());
  side_->setGeometry(width() - side, 0, side, height());
  place_navigation();
}

void ImageEditor::place_navigation() {
  navigation_->move(canvas_->width() - navigation_->width() - 10, 34);
  navigation_->setVisible(has_gizmo_ && has_navigation_ &&
                          current_preferences(session()).view.show_navigate_ui);
}

void ImageEditor::show_side(bool is_shown) {
  side_->setVisible(is_shown);
  place_parts();
  if (is_shown) {
    side_->rebuild();
  }
}

void ImageEditor::follow_texture() {
  const BlockId now = active_texture(session());
  if (now == followed_) {
    return;
  }
  followed_ = now;
  if (now && !is_pinned_ && now != image_) {
    image_ = now;
    canvas_->fit();
    refresh();
  }
}

const render::PassImage* ImageEditor::shown_pass() const {
  const RenderJob::Picture& picture = context().render.picture();
  const render::PassImage* depths = picture.result && channels_ == ImageChannels::ZBuffer
                                        ? picture.result->find(render::PassKind::Depth)
                                        : nullptr;
  return depths           ? depths
         : picture.result ? picture.result->find(render::PassKind::Combined)
                          : nullptr;
}

// What is shown, and how.
void ImageEditor::fill_side(const std::string& tab, LayoutItem& root) {
  const Scene* scene = session().scene();
  const auto props = [](LayoutItem& panel, const Handle& owner, const Schema& schema,
                        std::initializer_list<const char*> names) {
    for (const char* name : names) {
      if (const Property* property = schema.property(name)) {
        panel.prop(owner, *property);
      }
    }
  };
  if (tab == "Image") {
    LayoutItem& panel = root.panel("image.image", "Image");
    if (!image_) {
      const RenderJob::Picture& picture = context().render.picture();
      panel.label(picture.result ? fmt::format("Render, {} × {}", picture.result->width,
                                               picture.result->height)
                                 : std::string("Nothing has been rendered"));
      return;
    }
    props(panel, {image_, {}}, Image::schema(),
          {"name", "source", "filepath", "alpha_mode", "size", "depth", "resolution",
           "display_aspect", "use_view_as_render", "use_half_precision", "use_fake_user"});
    const Image* image = session().document().find<Image>(image_);
    if (image && image->source == ImageSource::Sequence) {
      LayoutItem& frames = root.panel("image.frames", "Frames");
      const auto user = std::make_shared<PartOwner<ImageUser>>(user_, [this] { refresh(); });
      for (const char* name :
           {"frame_duration", "frame_start", "frame_offset", "use_cyclic", "use_auto_refresh"}) {
        add_setting(frames, user, *ImageUser::schema().property(name));
      }
    }
  } else if (tab == "Scopes") {
    fill_scopes(root);
  } else if (tab == "View" && scene) {
    LayoutItem& display = root.panel("image.display", "Display");
    for (const char* name : {"display_channels", "show_repeat", "use_image_pin", "show_gizmo",
                             "show_gizmo_navigate"}) {
      add_setting(display, space_owner_, *SpaceImageEditor::schema().property(name));
    }
    LayoutItem& panel = root.panel("image.view", "Color Management");
    const Property* view = Scene::schema().property("view_settings");
    props(panel, {scene->id, {PathStep{view}}}, view->target ? view->target() : Scene::schema(),
          {"view_transform", "look", "exposure", "gamma"});
  }
}

void ImageEditor::refresh() {
  if (image_) {
    refresh_image();
    return;
  }
  const RenderJob::Picture& picture = context().render.picture();
  const Scene* scene = session().document().find<Scene>(picture.scene);
  const render::PassImage* pass = shown_pass();
  if (!scene || !pass) {
    canvas_->show_picture(std::nullopt, {});
  } else {
    LinearPicture shown;
    shown.width = picture.result->width;
    shown.height = picture.result->height;
    shown.channels = int(pass->channels.size());
    shown.pixels = pass->pixels.data();
    shown.owner = picture.result;
    canvas_->show_picture(std::move(shown),
                          operators::view_settings(scene->view_settings, scene->display_settings));
  }
  update_line();
}

void ImageEditor::refresh_image() {
  const Image* image = session().document().find<Image>(image_);
  const Scene* scene = session().scene();
  if (!image || !scene) {
    image_ = {};
    refresh();
    return;
  }
  const image::ViewSettings view = picture_view(*image, *scene);
  number_ = picture_number(*image, user_, session().frame());
  const std::uint64_t ticket = ++asked_;
  loader_.ask([this, ticket, view, number = number_, id = image_, document = session().document(),
               services = &session().services(), post = session().post(), alive = is_alive_] {
    const Image* found = document.find<Image>(id);
    auto loaded = std::make_shared<Result<LinearPicture>>(Error::invalid("the image is gone"));
    try {
      *loaded = found ? linear_pixels(*found, number, *services) : *loaded;
    } catch (const std::exception& problem) {
      *loaded = Error::invalid("{}", problem.what());
    }
    post([this, ticket, view, loaded, alive] {
      if (!*alive || ticket != asked_) {
        return;
      }
      if (*loaded) {
        canvas_->show_picture(**loaded, view);
      } else {
        canvas_->show_problem(QString::fromStdString(loaded->error().message));
      }
      update_line();
    });
  });
}

void ImageEditor::fill_scopes(LayoutItem& root) {
  const auto owner = std::make_shared<PartOwner<Scopes>>(scopes_, [this] { side_->rebuild(); });
  const auto of_histogram =
      std::make_shared<PartOwner<Histogram>>(scopes_.histogram, [this] { side_->rebuild(); });
  measure();
  // One panel after the other: adding one moves those before.
  const auto show = [&](LayoutItem& panel, const std::shared_ptr<const ScriptIcon>& shown,
                        float rows) {
    if (shown && canvas_->picture()) {
      panel.large_picture(shown, rows);
    } else {
      panel.label("There is no picture");
    }
  };
  LayoutItem& histogram = root.panel("image.histogram", "Histogram");
  show(histogram, scope_pictures_.histogram, 5.5f);
  for (const char* name : {"mode", "show_line"}) {
    add_setting(histogram, of_histogram, *Histogram::schema().property(name));
  }
  LayoutItem& waveform = root.panel("image.waveform", "Waveform");
  show(waveform, scope_pictures_.waveform, 6.5f);
  for (const char* name : {"waveform_mode", "waveform_alpha"}) {
    add_setting(waveform, owner, *Scopes::schema().property(name));
  }
  LayoutItem& vectors = root.panel("image.vectorscope", "Vectorscope");
  show(vectors, scope_pictures_.vectorscope, 8.0f);
  add_setting(vectors, owner, *Scopes::schema().property("vectorscope_alpha"));
  LayoutItem& samples = root.panel("image.samples", "Samples");
  for (const char* name : {"use_full_resolution", "accuracy"}) {
    add_setting(samples, owner, *Scopes::schema().property(name));
  }
}

// Beside the window, when something that is measured has changed.
void ImageEditor::measure() {
  const auto* service = session().services().find<const operators::ColorService>();
  if (!canvas_->picture() || !service) {
    return;
  }
  const LinearPicture picture = *canvas_->picture();
  Measured wanted{picture.pixels, picture.owner, canvas_->channels(), scopes_};
  if (wanted == measured_) {
    return;
  }
  measured_ = wanted;
  scope_maker_.ask([this, picture, scopes = scopes_, channels = canvas_->channels(),
                    view = canvas_->view(), service, post = session().post(), alive = is_alive_] {
    const Result<const image::ColorManagement*> colors = service->get();
    if (!colors) {
      return;
    }
    const Result<DisplayPicture> shown =
        display_picture(shown_channels(picture, channels), **colors, view, 0.0f);
    if (!shown) {
      return;
    }
    post([this, alive, made = draw_scopes(*shown, scopes)] {
      if (*alive) {
        scope_pictures_ = made;
        side_->rebuild();
      }
    });
  });
}

void ImageEditor::update_line() {
  if (!side_->isHidden() && side_->tab() == "Scopes") {
    measure();
  }
  const RenderJob& render = context().render;
  const RenderJob::Picture& picture = render.picture();
  QString line;
  if (canvas_->picture()) {
    const LinearPicture& shown = *canvas_->picture();
    if (!image_) {
      line = QStringLiteral("Frame %1   %2 samples   %3 s   ")
                 .arg(int(picture.frame))
                 .arg(picture.result ? picture.result->samples : 0)
                 .arg(render.seconds_spent(), 0, 'f', 1);
    }
    line += QStringLiteral("%1 × %2   %3 %")
                .arg(shown.width)
                .arg(shown.height)
                .arg(int(std::lround(100.0 * canvas_->zoom())));
    if (probe_) {
      const float* p = shown.pixels + (std::size_t(probe_->y()) * std::size_t(shown.width) +
                                       std::size_t(probe_->x())) *
                                          std::size_t(shown.channels);
      static constexpr const char* names[] = {"R", "G", "B", "A"};
      line += QStringLiteral("     x %1 y %2").arg(probe_->x()).arg(probe_->y());
      for (int c = 0; c < shown.channels; ++c) {
        line += QStringLiteral("   %1 %2")
                    .arg(shown.channels == 1 ? "V" : names[c])
                    .arg(double(p[c]), 0, 'f', 4);
      }
    }
  }
  canvas_->set_texts(line, render.is_running() ? QStringLiteral("Preparing the render")
                                               : QStringLiteral("No picture yet: F12 renders"));
  if (source_) {
    const Image* image = session().document().find<Image>(image_);
    source_->setText(image ? QString::fromStdString(image->name) : QStringLiteral("Render Result"));
    slot_->setText(QStringLiteral("Slot %1").arg(render.slot() + 1));
    slot_->setVisible(!image_);
    pin_->setChecked(is_pinned_);
    channels_button_->setText(channels_label(channels_));
    exposure_->setText(QStringLiteral("Exposure %1").arg(double(canvas_->exposure()), 0, 'f', 2));
  }
}

bool ImageEditor::run_command(const std::string& command, const OperatorSettings& settings) {
  RenderJob& render = context().render;
  if (command == "image.toggle_sidebar") {
    show_side(side_->isHidden());
  } else if (command == "image.toggle_repeat") {
    repeats_ = !repeats_;
    canvas_->set_repeat(repeats_);
  } else if (command == "image.view_all") {
    canvas_->fit();
  } else if (command == "image.view_zoom_ratio") {
    const Value* ratio = find_setting(settings, "ratio");
    canvas_->set_zoom(ratio ? ratio->as_float() : 1.0);
  } else if (command == "image.view_zoom_in" || command == "image.view_zoom_out") {
    canvas_->zoom_at(QPointF(canvas_->width() * 0.5, canvas_->height() * 0.5),
                     command == "image.view_zoom_in" ? 1.25 : 0.8);
  } else if (command == "image.cycle_render_slot") {
    const Value* reverse = find_setting(settings, "reverse");
    const int step = reverse && reverse->as_bool() ? -1 : 1;
    // From one filled slot to the next.
    for (int i = 1; i <= RenderJob::slot_count; ++i) {
      const int slot =
          (render.slot() + i * step + RenderJob::slot_count * 2) % RenderJob::slot_count;
      if (render.slot_picture(slot).result) {
        render.show_slot(slot);
        break;
      }
    }
  } else if (command == "image.render_slot") {
    const Value* number = find_setting(settings, "slot");
    render.show_slot(number ? int(number->as_int()) : 0);
  } else if (command == "image.save_as") {
    save();
  } else {
    return false;
  }
  update_line();
  return true;
}

void ImageEditor::save() {
  if (image_) {
    context().commands.run("image.save_as");
    return;
  }
  const RenderJob::Picture picture = context().render.picture();
  if (!picture.result || !picture.document.find<Scene>(picture.scene)) {
    session().report(InfoLine::Kind::Warning, "there is no picture to save");
    return;
  }
  const QString path = QFileDialog::getSaveFileName(this, QStringLiteral("Save Image"),
                                                    QStringLiteral("render.png"));
  if (path.isEmpty()) {
    return;
  }
  // Beside the window: encoding large pictures takes seconds.
  loader_.ask([picture, file = path.toStdString(), &session = session(), post = session().post(),
               alive = is_alive_] {
    const Scene* scene = picture.document.find<Scene>(picture.scene);
    const auto done = std::make_shared<Result<void>>(
        operators::write_picture(*picture.result, *scene, picture.layer, file,
                                 session.services().find<const operators::ColorService>()));
    post([done, file, &session, alive] {
      if (*alive) {
        session.report(*done ? InfoLine::Kind::Info : InfoLine::Kind::Error,
                       *done ? "Saved " + file : done->error().message);
      }
    });
  });
}

void ImageEditor::fill_space(Space& space) const {
  if (auto* view = dynamic_cast<SpaceImageEditor*>(&space)) {
    view->image = {image_};
    const float zoom = float(canvas_->zoom());
    view->zoom = {zoom, zoom};
    view->image_user = user_;
    view->show_region_ui = !side_->isHidden();
    view->use_image_pin = is_pinned_;
    view->show_repeat = repeats_;
    view->display_channels = channels_;
    view->show_gizmo = has_gizmo_;
    view->show_gizmo_navigate = has_navigation_;
    view->overlay = overlay_;
    view->scopes = scopes_;
  }
}

void ImageEditor::take_space(const Space& space) {
  const auto* view = dynamic_cast<const SpaceImageEditor*>(&space);
  if (!view) {
    return;
  }
  if (view->show_region_ui == side_->isHidden()) {
    show_side(view->show_region_ui);
  }
  user_ = view->image_user;
  is_pinned_ = view->use_image_pin;
  repeats_ = view->show_repeat;
  channels_ = view->display_channels;
  has_gizmo_ = view->show_gizmo;
  has_navigation_ = view->show_gizmo_navigate;
  overlay_ = view->overlay;
  scopes_ = view->scopes;
  canvas_->set_overlay(overlay_);
  place_navigation();
  canvas_->set_repeat(repeats_);
  canvas_->set_channels(channels_);
  if (view->image.id != image_) {
    image_ = view->image.id;
    canvas_->fit();
  }
  refresh();
}

void ImageEditor::choose_source() {
  auto* popup = new ChoicePopup(
      context(), QStringLiteral("Image"),
      [this](const QString& text) {
        std::vector<Choice> choices{{QStringLiteral("Render Result"), {}, true, {}}};
        const Document& document = session().document();
        for (const BlockId id : document.all(BlockType::Image)) {
          const QString name = QString::fromStdString(document.find(id)->name);
          if (name.contains(text, Qt::CaseInsensitive)) {
            choices.push_back(
                {name, {}, true, QStringLiteral("%1/%2").arg(id.slot).arg(id.serial)});
          }
        }
        return choices;
      },
      [this](const Choice& choice) {
        const QStringList parts = choice.key.split('/');
        image_ = parts.size() == 2 ? BlockId{parts[0].toUInt(), parts[1].toUInt()} : BlockId{};
        canvas_->fit();
        refresh();
      },
      this);
  popup->show();
}

void ImageEditor::choose_channels() {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (const EnumItem& item : channel_items()) {
    QAction* action = menu->addAction(QString::fromStdString(item.label), this, [this, item] {
      channels_ = ImageChannels(item.value);
      canvas_->set_channels(channels_);
      refresh();
    });
    action->setCheckable(true);
    action->setChecked(item.value == int(channels_));
  }
  menu->popup(channels_button_->mapToGlobal(QPoint(0, channels_button_->height())));
}

// How the scene is shown: view, look, exposure, gamma.
void ImageEditor::show_view_settings() {
  LayoutPopup::Content content;
  content.title = QStringLiteral("Color Management");
  content.make = [this] {
    LayoutItem root;
    const Scene* scene = session().scene();
    if (!scene) {
      return root;
    }
    const Schema& schema = Scene::schema();
    const auto inside = [&](const char* name) {
      return Handle{scene->id, {PathStep{schema.property(name)}}};
    };
    root.prop(inside("display_settings"),
              *ColorDisplaySettings::schema().property("display_device"));
    for (const char* name : {"view_transform", "look", "exposure", "gamma"}) {
      root.prop(inside("view_settings"), *ColorViewSettings::schema().property(name));
    }
    return root;
  };
  auto* popup = new LayoutPopup(context(), std::move(content), this);
  popup->show_at(view_->mapToGlobal(QPoint(0, view_->height())));
}

bool ImageEditor::fill_native_menu(const std::string& name, QMenu& menu) {
  const auto add = [&](const char* label, const char* command, OperatorSettings settings = {}) {
    add_menu_item(menu, context(), command, settings, label);
  };
  if (name == "IMAGE_MT_view") {
    add("Frame All", "image.view_all");
    add("Zoom 1:1", "image.view_zoom_ratio", {{"ratio", Value(1.0)}});
    add("Zoom 2:1", "image.view_zoom_ratio", {{"ratio", Value(2.0)}});
    add("Zoom In", "image.view_zoom_in");
    add("Zoom Out", "image.view_zoom_out");
    menu.addSeparator();
    add("Sidebar", "image.toggle_sidebar");
    add("Display Repeated", "image.toggle_repeat");
    menu.addSeparator();
    for (const auto& [label, member] :
         {std::pair{"Overlays", &SpaceImageOverlay::show_overlays},
          std::pair{"Background Grid", &SpaceImageOverlay::show_grid_background}}) {
      QAction* action =
          menu.addAction(QString::fromUtf8(label), this, [this, member = member](bool is_on) {
            overlay_.*member = is_on;
            canvas_->set_overlay(overlay_);
          });
      action->setCheckable(true);
      action->setChecked(overlay_.*member);
    }
    return true;
  }
  if (name == "IMAGE_MT_image") {
    add("Save As", "image.save_as");
    if (const Image* image = session().document().find<Image>(image_)) {
      menu.addAction(QStringLiteral("Edit Externally"), this, [this, path = image->filepath] {
        session().run("image.external_edit", {{"filepath", Value(path)}});
      });
    }
    add("Next Render Slot", "image.cycle_render_slot");
    add("Previous Render Slot", "image.cycle_render_slot", {{"reverse", Value(true)}});
    return true;
  }
  return false;
}

void ImageEditor::build_header(QHBoxLayout& header) {
  add_header_menu(header, context(), QStringLiteral("View"), "IMAGE_MT_view");
  add_header_menu(header, context(), QStringLiteral("Image"), "IMAGE_MT_image");
  const auto add = [&](const QString& text, const QString& tip, auto&& clicked) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    connect(button, &QToolButton::clicked, this, clicked);
    header.addWidget(button);
    return button;
  };
  source_ = add(QStringLiteral("Render Result"), QStringLiteral("What is shown"),
                [this] { choose_source(); });
  slot_ = add(QStringLiteral("Slot 1"), QStringLiteral("Renders to be compared"), [this] {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int i = 0; i < RenderJob::slot_count; ++i) {
      const bool is_filled = bool(context().render.slot_picture(i).result);
      QAction* action =
          menu->addAction(QStringLiteral("Slot %1%2").arg(i + 1).arg(is_filled ? "" : "   (empty)"),
                          this, [this, i] {
                            context().render.show_slot(i);
                            refresh();
                          });
      action->setCheckable(true);
      action->setChecked(i == context().render.slot());
    }
    menu->popup(slot_->mapToGlobal(QPoint(0, slot_->height())));
  });
  add(QStringLiteral("Render"), QStringLiteral("Render the scene (F12)"),
      [this] { context().commands.run("render.render"); });
  pin_ = add(QStringLiteral("Pin"), QStringLiteral("Keeps its picture whatever object is edited"),
             [this] {
               is_pinned_ = !is_pinned_;
               update_line();
             });
  pin_->setCheckable(true);
  header.addStretch(1);
  channels_button_ = add(channels_label(channels_), QStringLiteral("Channels that are shown"),
                         [this] { choose_channels(); });
  view_ = add(QStringLiteral("Color  ▾"), QStringLiteral("View, look, exposure and gamma"),
              [this] { show_view_settings(); });
  exposure_ =
      add(QStringLiteral("Exposure 0.00"),
          QStringLiteral("For looking only: Ctrl+wheel changes it, a click sets it to 0"), [this] {
            canvas_->set_exposure(0.0f);
            update_line();
          });
}

void ImageEditor::mouse(const QMouseEvent& event) {
  const bool is_moved =
      event.type() != QEvent::MouseButtonRelease && is_middle_held(event, session());
  if (event.type() == QEvent::MouseMove && is_moved) {
    canvas_->move_by(event.position() - last_);
  }
  last_ = event.position();
  probe_ = !is_moved && event.type() != QEvent::MouseButtonRelease &&
                   event.buttons().testFlag(Qt::LeftButton)
               ? canvas_->pixel_at(event.position())
               : std::nullopt;
  update_line();
}

bool ImageEditor::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::MouseButtonRelease:
      mouse(static_cast<QMouseEvent&>(*event));
      break;
    case QEvent::Wheel: {
      const auto& wheel = static_cast<QWheelEvent&>(*event);
      const double steps = wheel.angleDelta().y() / 120.0;
      if (wheel.modifiers().testFlag(Qt::ControlModifier)) {
        canvas_->set_exposure(canvas_->exposure() + float(steps) * 0.25f);
      } else {
        canvas_->zoom_at(wheel.position(), std::pow(1.2, steps));
      }
      update_line();
      return true;
    }
    default:
      break;
  }
  return Editor::eventFilter(watched, event);
}

std::vector<std::pair<std::string, QRect>> ImageEditor::named_places() const {
  const QRectF rect = canvas_->picture_rect();
  std::vector<std::pair<std::string, QRect>> places{
      {"picture", canvas_->picture() ? rect.toRect() : QRect()},
      {"method:" + canvas_->method().toStdString(), QRect(0, 0, width(), 24)}};
  if (navigation_->isVisible()) {
    const QPoint offset = canvas_->pos() + navigation_->pos();
    for (const auto& [name, rect] : navigation_->named_places()) {
      places.emplace_back(name, rect.translated(offset));
    }
  }
  for (const auto& place : side_->named_places(*this)) {
    places.push_back(place);
  }
  return places;
}

void register_image(EditorRegistry& registry) {
  registry.add({"IMAGE_EDITOR", QStringLiteral("Image Editor"),
                [](EditorContext& context) -> Editor* { return new ImageEditor(context); }});
}

}  // namespace kiln::editor
