'use server';
import { revalidatePath } from 'next/cache';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { ask, enroll, isName, logIn, origin, type Question } from '../accounts';

/** The server action that the form calls. What was signed decides; what else the browser says is only which account it means. */
export async function answer({ purpose, name }: Question, form: FormData): Promise<Question> {
  const face = form.get('face');
  if (!isName(name)) redirect('/');
  const taken = typeof face === 'string' && (await (purpose === 'enroll' ? enroll(name, face) : logIn(name, face, await source())));
  if (!taken) {
    const question = await ask(purpose === 'enroll' ? 'enroll' : 'login', name);
    if (question) return { ...question, refused: true };
  }
  // What the browser keeps of the page still offers to enroll: Back has to ask the server again.
  revalidatePath('/face');
  if (!taken) redirect(`/face?purpose=enroll&name=${name}`); // somebody else was first: the page says so
  if (typeof taken === 'string') {
    const secure = origin.startsWith('https:');
    (await cookies()).set('session', taken, { httpOnly: true, secure, sameSite: 'strict', path: '/' });
  }
  redirect('/');
}

/** The client's address, as the last proxy tells it. Without a proxy it is the connection's, unless the client itself has sent the header. */
async function source(): Promise<string> {
  return (await headers()).get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
}
