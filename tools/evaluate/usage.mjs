export const USAGE = `Measures how well a model tells people apart, from pictures, through visavis itself in a headless browser.

  npx visavis evaluate SOURCE [options]          (in the repository of visavis: npm run evaluate -- SOURCE [options])

The browser is Chrome or Chromium as installed on this machine, or the one that VISAVIS_BROWSER names, driven by playwright-core:
npm install --save-dev playwright-core

Source, one of
  --people DIR        a folder with one subfolder per person, holding that person's pictures: all pairs
  --images DIR --pairs FILE
                      the LFW protocol: a CSV with the header fold,a,b,same; a and b are file names relative to DIR
  --cfp DIR [--protocol FP|FF]
                      Celebrities in Frontal-Profile as published (Data/, Protocol/); default FP: frontal against profile

  --labels FILE       CSV with the header file,group or identity,group: error rates by group
  --dataset NAME      what to call the pictures (default: the folder's name)
  --backend NAME      auto, wasm or webgl (default wasm)
  --arithmetic NAME   auto, int8, int16 or float32 (default auto: what pages on this machine compute with)
  --model ID          a folder of the models (default mobilenet-160)
  --models DIR        where the models are (default: those of the package; npx visavis models add puts others into your own folder)

Results
  --html FILE         one page with everything: charts, tables, the worst pairs as pictures. It shows people: handle it accordingly
  --no-pictures       leaves the pictures out of the page
  --json FILE         everything, as data
  --csv FILE          operating points and curves as rows
  --discard-chart FILE
                      errors over the share of pictures that the quality score refuses, as an SVG
  --cluster N         sorts the pictures of everyone with N or more by face, and compares the result with who they show
  --cluster-fmr RATE  the false match rate whose threshold --cluster uses (default 0.001)
  --protected         measures what protected templates cost in accuracy on the list of pairs, and whether they can be linked
  --templates         compares ways of keeping several pictures in a template: means, weighted by quality or not, and all pictures.
                      Takes minutes
  --operating-points FILE
                      writes operating points for createFaceVerifier({ operatingPoints }), for one picture and for several
  --write-operating-points NAME
                      writes them into the model's manifest, with NAME as the data set
                      (visavis then no longer takes it for one of its own: pass its hash, which npx visavis models check prints, as
                      createFaceVerifier({ integrity }))

Embeddings are saved as they are computed, so that an interrupted run resumes where it stopped, and the next run only reads them:
  .cache/evaluate/    in the current folder holds one file for each model and folder of pictures. EMBEDDINGS ARE BIOMETRIC DATA of the people in the
                      pictures: delete this folder when you delete the pictures
  --fresh             embeds everything again, and drops what was saved
  --no-cache          neither reads nor saves embeddings
`;
